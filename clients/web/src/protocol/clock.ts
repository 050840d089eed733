// The server's clock as this page knows it. Each frame's `now` was true when it was sent, so it is late by the way it
// took: of the last few samples the highest is the nearest. The device's own clock may be hours wrong; only its pace
// counts.
const SAMPLES = 8;

export class ServerClock {
  private offsets: number[] = [];

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  /** Forget what was measured before a sleep or a lost link. */
  reset(): void {
    this.offsets = [];
  }

  hear(now: number): void {
    this.offsets = [...this.offsets, now - this.monotonic()].slice(-SAMPLES);
  }

  /** Return the server's time in milliseconds since the epoch, or undefined before the first frame. */
  now(): number | undefined {
    return this.offsets.length === 0 ? undefined : this.monotonic() + Math.max(...this.offsets);
  }
}
