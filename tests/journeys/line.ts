/** A network that can be cut: what stands between a browser and a server, and refuses every connection while it is cut. */
import { createServer, connect, type Socket } from 'node:net';

export type Line = { url: string; cut(): void; mend(): void; close(): Promise<void> };

export async function openLine(target: string): Promise<Line> {
  const { port, hostname } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  const end = () => { for (const socket of open) socket.destroy(); };
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => { open.delete(socket); near.destroy(); far.destroy(); });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => { whole = false; end(); },
    mend: () => { whole = true; },
    close: () => new Promise((done) => { end(); server.close(() => done()); }),
  };
}
