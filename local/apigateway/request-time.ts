const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let lastSecond = -1;
let lastText = "";

/** A time as `$context.requestTime` has it: Common Log Format, UTC, such as `25/Nov/2026:00:12:07 +0000`. */
export function formatRequestTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    const date = new Date(milliseconds);
    const day = String(date.getUTCDate()).padStart(2, "0");
    const time = date.toISOString().slice(11, 19);
    lastText = `${day}/${MONTHS[date.getUTCMonth()] ?? ""}/${date.getUTCFullYear()}:${time} +0000`;
    lastSecond = second;
  }
  return lastText;
}
