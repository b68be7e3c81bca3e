// Images to features with sharp and onnxruntime-node, as a JavaScript user would write it. Reads a job (JSON) from the file
// that is named first, prints one line of JSON for each setting: how many images a second.
//
//   node extract.mjs job.json
//
// job: { model, images: [path], width, height, scale, mean: [3], std: [3], warmUp, sample,
//        settings: [{ mode: "overlapped" | "plain", batch, threads }] }
import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';
import sharp from 'sharp';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { width, height } = job;
const area = width * height;
const factor = job.std.map((std) => job.scale / std);
const offset = job.mean.map((mean, channel) => -mean / job.std[channel]);

// Many images at once scale better than threads within one, and no image comes twice.
sharp.concurrency(1);
sharp.cache(false);

const decode = (path) => sharp(path).rotate().resize(width, height, { fit: 'cover', kernel: 'linear' }).removeAlpha().raw().toBuffer();

/** (height, width, 3) bytes to (3, height, width) floats, written straight into the batch. */
function fill(batch, row, pixels) {
  const [red, green, blue] = [row * 3 * area, (row * 3 + 1) * area, (row * 3 + 2) * area];
  for (let i = 0, from = 0; i < area; i++, from += 3) {
    batch[red + i] = pixels[from] * factor[0] + offset[0];
    batch[green + i] = pixels[from + 1] * factor[1] + offset[1];
    batch[blue + i] = pixels[from + 2] * factor[2] + offset[2];
  }
}

async function infer(session, batch, rows, sample) {
  const tensor = new ort.Tensor('float32', batch.subarray(0, rows * 3 * area), [rows, 3, height, width]);
  const results = await session.run({ [session.inputNames[0]]: tensor });
  const features = results[session.outputNames[0]].data;
  const length = features.length / rows;
  for (let row = 0; row < rows && sample.length < job.sample; row++) {
    sample.push(Array.from(features.subarray(row * length, (row + 1) * length)));
  }
}

/** Decodes a batch, then infers it, and so on. */
async function plain(session, images, size, sample) {
  const batch = new Float32Array(size * 3 * area);
  for (let start = 0; start < images.length; start += size) {
    const pixels = await Promise.all(images.slice(start, start + size).map(decode));
    pixels.forEach((image, row) => fill(batch, row, image));
    await infer(session, batch, pixels.length, sample);
  }
}

/** Keeps sharp's threads decoding the next images while ONNX Runtime computes. */
async function overlapped(session, images, size, sample) {
  const batch = new Float32Array(size * 3 * area);
  const ahead = Math.max(2 * size, 8);
  const open = [];
  let next = 0;
  const refill = () => {
    while (open.length < ahead && next < images.length) open.push(decode(images[next++]));
  };
  for (refill(); open.length > 0; ) {
    let rows = 0;
    for (; rows < size && open.length > 0; rows++) {
      fill(batch, rows, await open.shift());
      refill();
    }
    await infer(session, batch, rows, sample);
  }
}

const runs = { plain, overlapped };
for (const { mode, batch, threads } of job.settings) {
  const session = await ort.InferenceSession.create(job.model, { intraOpNumThreads: threads, graphOptimizationLevel: 'all' });
  await runs[mode](session, job.images.slice(0, job.warmUp), batch, []);
  const sample = [];
  const start = performance.now();
  await runs[mode](session, job.images, batch, sample);
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ mode, batch, threads, imagesPerSecond: job.images.length / seconds, sample }));
  await session.release();
}
