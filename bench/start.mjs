// Milliseconds from starting a program until it first answers 200 at /healthz: node start.mjs PORT PROGRAM [ARGUMENT…]
import { spawn } from "node:child_process";
import { get } from "node:http";
import { setTimeout } from "node:timers/promises";

const [port, program, ...args] = process.argv.slice(2);
const status = () =>
  new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path: "/healthz", agent: false }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode));
    }).on("error", () => resolve(0));
  });

await status(); // what this program needs to ask is loaded before the clock starts
const began = performance.now();
const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
const ended = new Promise((resolve) => child.on("exit", resolve));
let ready = false;
while (!ready && child.exitCode === null && performance.now() - began < 60_000) {
  ready = (await status()) === 200;
  if (!ready) await setTimeout(1);
}
const took = performance.now() - began;
child.kill("SIGTERM");
await ended;
if (!ready) {
  console.error("the server did not become ready");
  process.exit(1);
}
console.log(took.toFixed(1));
