import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { secondaryLimit } from '../limits/secondary-limit.ts';
import type { ApiError } from '../server/api-error.ts';
import type { Reply } from '../server/operation.ts';
import { sendReply } from '../server/send-reply.ts';
import type { RequestFault } from './fault.ts';

/** A response whose answer never reaches the client: the connection is cut when it would have been sent. */
function cutAnswer(response: ServerResponse): void {
  response.writeHead = () => response;
  response.write = () => true;
  response.end = () => {
    response.destroy();
    return response;
  };
}

/**
 * Lets a request meet its fault.
 * @param work Answers the request as if nothing were wrong.
 */
export async function suffer(
  fault: RequestFault,
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> {
  switch (fault.kind) {
    case 'cut-before':
      response.destroy();
      return;
    case 'cut-after':
      cutAnswer(response);
      return work();
    case 'delay':
      await wait(fault.milliseconds, undefined, { ref: false });
      return work();
    case 'none':
      return work();
    case 'limit':
      sendReply(
        response.req,
        response,
        refusal(secondaryLimit(fault.retryAfterSeconds, { status: fault.status })),
      );
      return;
    case 'error-before':
      sendReply(response.req, response, serverError(fault.status));
      return;
    case 'error-after': {
      const { writeHead, write, end } = response;
      Object.assign(response, { writeHead: () => response, write: () => true, end: () => response });
      await work();
      Object.assign(response, { writeHead, write, end });
      sendReply(response.req, response, serverError(fault.status));
    }
  }
}

const refusal = (error: ApiError): Reply => ({
  status: error.status,
  body: error.body(),
  headers: error.headers,
});

function serverError(status: number): { status: number; body: { message: string } } {
  return { status, body: { message: 'Server Error' } };
}
