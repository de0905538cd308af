import type { MeasuredProcess } from "./measured-process";

/** A server that is measured: `url` takes POST. */
export interface BenchServer {
  readonly process: MeasuredProcess;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A server under the name that the tables give it. */
export interface Contender {
  readonly name: string;
  start(): Promise<BenchServer>;
}
