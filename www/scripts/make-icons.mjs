// Draws the page's icons into public/: `node scripts/make-icons.mjs`, after a change of the drawing. The pictures are committed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { root } from "./lib.mjs";

/** Lines of a note, one word of it blacked out, on a square of 32: rounded rectangles, back to front. */
const LINES = [
  { x: 6, y: 8, width: 20, height: 3, rx: 1.5, fill: "#fff" },
  { x: 6, y: 14, width: 12, height: 5, rx: 1, fill: "#0b1d2d" },
  { x: 20, y: 15, width: 6, height: 3, rx: 1.5, fill: "#fff" },
  { x: 6, y: 22, width: 16, height: 3, rx: 1.5, fill: "#fff" },
];
const SIDE = 32;
const ground = (rx) => ({ x: 0, y: 0, width: SIDE, height: SIDE, rx, fill: "#23527c" });
const ICON = [ground(7), ...LINES];
/** Systems that cut icons to a shape of their own may take all but the circle of 4/5 of the side; they also add the round corners. */
const shrunk = (shape) => ({
  ...Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, typeof value === "number" ? value * 0.7 : value])),
  x: SIDE / 2 + (shape.x - SIDE / 2) * 0.7,
  y: SIDE / 2 + (shape.y - SIDE / 2) * 0.7,
});
const MASKABLE = [ground(0), ...LINES.map(shrunk)];

function svg(shapes) {
  const rects = shapes.map(({ x, y, width, height, rx, fill }) => {
    const at = x === 0 && y === 0 ? "" : `x="${x}" y="${y}" `;
    return `<rect ${at}width="${width}" height="${height}" rx="${rx}" fill="${fill}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">${rects.join("")}</svg>\n`;
}

function colour(fill) {
  const digits = fill.length === 4 ? [...fill.slice(1)].map((d) => d + d).join("") : fill.slice(1);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
}

/** Whether the point lies in the rounded rectangle. */
function covers({ x, y, width, height, rx }, px, py) {
  const dx = Math.max(x + rx - px, px - (x + width - rx), 0);
  const dy = Math.max(y + rx - py, py - (y + height - rx), 0);
  return px >= x && py >= y && px <= x + width && py <= y + height && dx * dx + dy * dy <= rx * rx + 1e-9;
}

/** The pixel's colour and opacity: the mean of 4 × 4 points in it. */
function pixel(shapes, column, row, size) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < 16; i++) {
    const px = ((column + (i % 4) / 4 + 0.125) / size) * SIDE;
    const py = ((row + Math.floor(i / 4) / 4 + 0.125) / size) * SIDE;
    const top = shapes.findLast((shape) => covers(shape, px, py));
    if (top === undefined) continue;
    colour(top.fill).forEach((value, channel) => (sum[channel] += value));
    sum[3] += 1;
  }
  const mean = (value) => (sum[3] === 0 ? 0 : Math.round(value / sum[3]));
  return [mean(sum[0]), mean(sum[1]), mean(sum[2]), Math.round((sum[3] / 16) * 255)];
}

/** A chunk of a PNG file: https://www.w3.org/TR/png-3/#5Chunk-layout. */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(shapes, size) {
  const rows = [];
  for (let row = 0; row < size; row++) {
    rows.push(0); // no filter
    for (let column = 0; column < size; column++) rows.push(...pixel(shapes, column, row, size));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits a channel, with opacity
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

const write = (name, data) => writeFileSync(join(root, "public", name), data);
write("icon.svg", svg(ICON));
write("icon-180.png", png([ground(0), ...LINES], 180));
for (const size of [192, 512]) write(`icon-${size}.png`, png(ICON, size));
write("icon-maskable-512.png", png(MASKABLE, 512));
