import type { Fault, RequestFault, WebhookFault } from './fault.ts';

export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly caller: 'app' | 'user' | null;
}

/** The faults that wait to happen. Each is used up by what it fits, first come first served. */
export class FaultList {
  #waiting: Fault[] = [];

  add(...faults: readonly Fault[]): void {
    this.#waiting.push(...faults);
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that the next request meets, if any. */
  takeForRequest({ method, path, caller }: AskedRequest): RequestFault | undefined {
    for (const fault of this.#waiting) {
      if (fault.on !== 'request' || !fits(fault.method, method)) continue;
      if (!fits(fault.caller, caller)) continue;
      if (fault.path !== undefined && !path.includes(fault.path)) continue;
      this.#use(fault);
      return fault.fault;
    }
    return undefined;
  }

  /** The fault that the next delivery meets, if any. */
  takeForWebhook(event: string, action: string | null): WebhookFault | undefined {
    for (const fault of this.#waiting) {
      if (fault.on !== 'webhook' || !fits(fault.event, event) || !fits(fault.action, action)) continue;
      this.#use(fault);
      return fault.fault;
    }
    return undefined;
  }

  #use(used: Fault): void {
    this.#waiting = this.#waiting.flatMap((fault) => {
      if (fault !== used) return [fault];
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
  }
}

function fits(wanted: string | undefined, given: string | null): boolean {
  return wanted === undefined || wanted === given;
}
