import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Answer, Material, Order } from "../src/helpers/helper.js";
import { Pool } from "../src/helpers/pool.js";

const MATERIAL = {} as Material;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const windows = (count: number) => Array.from({ length: count }, (_, i) => Uint32Array.of(i, i));
const logitsOf = (window: Uint32Array) => Float32Array.from(window, (id) => id / 2);

/** How a helper does a window: it resolves when it is to answer. */
type Manner = (id: number) => Promise<void>;

/** Helpers of the given manners, and what was asked of whom. */
function staffOf(manners: readonly Manner[]) {
  const asked: number[][] = manners.map(() => []);
  const ports: MessagePort[] = [];
  let [hired, dismissed] = [0, 0];
  const hire = (count: number) => {
    hired += 1;
    return manners.slice(0, count).map((manner, helper) => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port2);
      const answer = (answer: Answer) => port2.postMessage(answer);
      let tail = Promise.resolve();
      port2.onmessage = ({ data }: MessageEvent<Order>) => {
        if (data.kind === "open") return answer({ kind: "ready" });
        asked[helper]!.push(data.window[0]!);
        tail = tail.then(() => manner(data.id)).then(() => answer({ kind: "read", id: data.id, logits: logitsOf(data.window) }));
      };
      return port1;
    });
  };
  const dismiss = () => {
    dismissed += 1;
    ports.splice(0).forEach((port) => port.close());
  };
  return { staff: { hire, dismiss }, asked, hired: () => hired, dismissed: () => dismissed };
}

/** Reads `count` windows with helpers, and says which of them were read here. */
async function read(pool: Pool, count: number, ms = 2): Promise<number[]> {
  const here: number[] = [];
  const found = await pool.read(windows(count), async (window) => {
    here.push(window[0]!);
    await pause(ms);
    return logitsOf(window);
  });
  assert.deepEqual(found, windows(count).map(logitsOf));
  return here;
}

describe("a pool", () => {
  it("shares windows out, each to one", async () => {
    const { staff, asked } = staffOf([() => pause(2), () => pause(2)]);
    const pool = new Pool(staff, MATERIAL, 3);
    const here = await read(pool, 40);
    const all = [...here, ...asked.flat()];
    assert.ok(asked.every((windows) => windows.length > 3), `${here.length} here, ${asked.map((a) => a.length).join(" and ")} by helpers`);
    // The last ones may be read twice, rather than waited for.
    assert.equal(new Set(all).size, 40);
    assert.ok(all.length <= 44);
    pool.close();
  });

  it("starts nobody for a few windows", async () => {
    const { staff, hired } = staffOf([() => pause(0)]);
    const pool = new Pool(staff, MATERIAL, 2);
    assert.deepEqual(await read(pool, 3), [0, 1, 2]);
    assert.equal(hired(), 0);
  });

  it("takes over what helpers do not give back", async () => {
    const { staff, asked, hired } = staffOf([() => new Promise(() => {}), () => pause(2)]);
    const pool = new Pool(staff, MATERIAL, 3);
    await read(pool, 30);
    await read(pool, 30);
    assert.equal(asked[0]?.length, 2, "a dead helper has two windows and gets no more");
    assert.equal(hired(), 1);
    pool.close();
  });

  it("does not take an answer that comes too late for one to another window", async () => {
    const { staff } = staffOf([() => pause(60)]);
    const pool = new Pool(staff, MATERIAL, 2);
    await read(pool, 5);
    await read(pool, 100);
    pool.close();
  });

  it("rejects as the thread itself does, and works again", async () => {
    const { staff } = staffOf([() => pause(1)]);
    const pool = new Pool(staff, MATERIAL, 2);
    const failing = pool.read(windows(9), () => Promise.reject(new Error("device")));
    await assert.rejects(failing, { message: "device" });
    await read(pool, 9);
    pool.close();
  });

  it("lets helpers go after half a minute, and hires them anew", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { staff, hired, dismissed } = staffOf([() => Promise.resolve()]);
    const pool = new Pool(staff, MATERIAL, 2);
    const read = () => pool.read(windows(8), async (window) => logitsOf(window));
    await read();
    t.mock.timers.tick(29_000);
    await read();
    t.mock.timers.tick(29_000);
    assert.deepEqual([hired(), dismissed()], [1, 0]);
    t.mock.timers.tick(1_000);
    assert.equal(dismissed(), 1);
    await read();
    assert.equal(hired(), 2);
    pool.close();
  });

  it("works without those that cannot be hired", async () => {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    const pool = new Pool({ hire: () => [port1], dismiss: () => {} }, MATERIAL, 2);
    assert.equal((await read(pool, 8)).length, 8);
    pool.close();
  });
});
