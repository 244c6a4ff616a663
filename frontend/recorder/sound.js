// What is heard: a microphone, the sound of a browser tab, or both mixed.
const SAMPLES = 16384; // looked at for a level; pages that nobody looks at get a look a second

// Why there is nothing to record; why: the name of a sentence on the page.
export class Deaf extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const WHY_NO_MICROPHONE = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing" };

async function microphone(isMixed, device) {
  // Voices from afar are wanted as they are; of what the loudspeaker plays, one copy is enough.
  const audio = { autoGainControl: true, noiseSuppression: false, echoCancellation: isMixed };
  if (device) audio.deviceId = { exact: device };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new Deaf(WHY_NO_MICROPHONE[error.name] ?? "busy");
  }
}

async function tab() {
  // Browsers share no sound without a picture; it is asked for as small as can be and not kept.
  const video = { frameRate: { max: 1 }, width: { max: 320 }, height: { max: 240 } };
  const audio = { suppressLocalAudioPlayback: false, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  let stream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia({ video, audio, selfBrowserSurface: "exclude", systemAudio: "include" });
  } catch {
    throw new Deaf("unshared");
  }
  if (stream.getAudioTracks().length) return stream;
  stop(stream);
  throw new Deaf("soundless");
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

// The microphones that there are, by name; browsers tell the names once one of them was allowed.
export async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.filter(({ kind, label, deviceId }) => kind === "audioinput" && label && deviceId && deviceId !== "default");
}

// kind: "microphone", "tab" or "both"; device: which microphone, the browser's choice if empty.
// Wants a person's press. Raises Deaf.
export async function listen(kind, device) {
  const streams = {};
  try {
    if (kind !== "microphone") streams.tab = await tab(); // first: the press does not last
    if (kind !== "tab") streams.microphone = await microphone(kind === "both", device);
    return new Sound(streams);
  } catch (error) {
    Object.values(streams).forEach(stop);
    throw error;
  }
}

class Sound {
  constructor(streams) {
    this.streams = streams;
    this.context = new AudioContext();
    const mix = this.context.createMediaStreamDestination();
    this.ears = Object.entries(streams).map(([name, stream]) => [name, this.ear(stream, mix)]);
    const [first, ...others] = Object.values(streams);
    this.stream = others.length ? mix.stream : new MediaStream(first.getAudioTracks());
    this.samples = new Float32Array(SAMPLES);
    this.context.resume();
  }

  ear(stream, mix) {
    const source = this.context.createMediaStreamSource(new MediaStream(stream.getAudioTracks()));
    const ear = this.context.createAnalyser();
    ear.fftSize = SAMPLES;
    source.connect(ear);
    source.connect(mix);
    return ear;
  }

  track(name) {
    return this.streams[name]?.getAudioTracks()[0];
  }

  // The highest sample of the last third of a second of each source, 0..1.
  levels() {
    return Object.fromEntries(this.ears.map(([name, ear]) => [name, this.level(ear)]));
  }

  level(ear) {
    ear.getFloatTimeDomainData(this.samples);
    return this.samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  }

  // lost(name, isLast): a source is gone; muted(name, isMuted): it gives silence.
  watch({ lost, muted }) {
    for (const name of Object.keys(this.streams)) {
      const track = this.track(name);
      track.addEventListener("ended", () => lost(name, this.isOver));
      track.addEventListener("mute", () => muted(name, true));
      track.addEventListener("unmute", () => muted(name, false));
    }
  }

  get isOver() {
    return Object.keys(this.streams).every((name) => this.track(name).readyState === "ended");
  }

  stop() {
    Object.values(this.streams).forEach(stop);
    this.context.close();
  }
}
