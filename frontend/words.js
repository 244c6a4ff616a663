// Numbers and times in the language of the page.
const language = document.documentElement.lang;

export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_match, name) => values[name]);
}

// Words with one space between them.
export const tidy = (text) => text.split(/\s+/).filter(Boolean).join(" ");

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function unit(value, name, digits = 0) {
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  }).format(value);
}

export function lasting(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return unit(whole, "second");
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return unit(minutes, "minute");
  return `${unit(Math.floor(minutes / 60), "hour")} ${unit(minutes % 60, "minute")}`;
}

export function size(bytes) {
  const names = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(3, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  return unit(bytes / 1000 ** step, names[step], step > 1 ? 1 : 0);
}
