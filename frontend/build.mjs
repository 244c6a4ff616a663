// Bundles the pages' scripts and the style sheet into meetings/static/meetings/dist.
import { rm } from "node:fs/promises";
import { build, context } from "esbuild";

const outdir = "meetings/static/meetings/dist";
const pages = ["app", "meetings", "new", "meeting", "speakers", "search", "action_items", "template", "shared", "styleguide"];

const options = {
  entryPoints: [
    ...pages.map((page) => ({ in: `frontend/${page}.js`, out: page })),
    { in: "frontend/theme.js", out: "theme" },
    { in: "frontend/styles/app.css", out: "app" },
    { in: "frontend/styles/styleguide.css", out: "styleguide" },
  ],
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  charset: "utf8",
  logLevel: "warning",
};

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
