/** `npm run dev`: the app with reload (Vite on 5173) and the server behind it (3001). Ends both together. */
import { spawn } from 'node:child_process';

const children = [
  spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PORT: process.env['PORT'] ?? '3001' },
  }),
  spawn('npx', ['vite'], { stdio: 'inherit' }),
];

for (const child of children) {
  child.once('exit', () => {
    for (const other of children) other.kill();
  });
}
