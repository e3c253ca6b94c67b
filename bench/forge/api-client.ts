import http from 'node:http';

export interface ApiClient {
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<number>;
  close(): void;
}

/** A bare HTTP client on kept connections, so that the figures are the forge's and not a library's. */
export function apiClient(forge: { readonly api: string; readonly userToken: string }): ApiClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const headers = { authorization: `Bearer ${forge.userToken}`, 'content-type': 'application/json' };
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const request = http.request(forge.api + path, { method, agent, headers }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        });
        request.on('error', reject);
        request.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
