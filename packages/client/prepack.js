// Before npm packs this package: takes the licence along, and drops what an older build has left.
import { copyFileSync, rmSync } from 'node:fs';

copyFileSync('../../LICENSE', 'LICENSE');
rmSync('dist', { recursive: true, force: true });
