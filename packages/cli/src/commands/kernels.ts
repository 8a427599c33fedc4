/** `vmacheck kernels`: which kernels programs can run on, and fetching their images. */
import type { Command } from 'commander';
import {
  cachedImages,
  fetchImages,
  imageFolder,
  isKnownRelease,
  type KnownRelease,
  probeLive,
  RELEASES,
} from '@vmacheck/kernel';
import { tableLines } from '@vmacheck/report';
import { CliError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { print, printJson, Progress, type Terminal } from '../terminal.js';

interface KernelsOptions {
  readonly fetch?: readonly string[] | true;
  readonly json?: boolean;
}

export function addKernels(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('kernels')
    .description('list the kernels that programs can run on; fetch images from the Debian mirror that apt uses')
    .option('--fetch [release...]', 'fetch the newest image of these releases, without any: of all')
    .option('--json', 'print the list as JSON')
    .action(async (options: KernelsOptions) => done(await kernels(options, terminal)));
}

async function kernels({ fetch, json = false }: KernelsOptions, terminal: Terminal): Promise<ExitCode> {
  if (fetch !== undefined) {
    const progress = new Progress(terminal);
    await fetchImages(
      fetch === true ? RELEASES : fetch.map(known),
      undefined,
      (what) => void progress.show(() => what),
    );
    progress.clear();
  }
  const live = await probeLive();
  const images = await cachedImages();
  if (json) {
    const here = live.available ? { release: live.release, version: live.version } : { reason: live.reason };
    printJson(terminal, { live: here, folder: imageFolder(), images });
    return EXIT.holds;
  }
  const rows = RELEASES.map((release) => {
    const image = images.find((each) => each.release === release);
    return [release, image?.package ?? '-', image === undefined ? '-' : `${(image.size / 1e6).toFixed(1)} MB`];
  });
  print(terminal, [
    live.available ? `live: Linux ${live.release}` : `live: none (${live.reason})`,
    `images in ${imageFolder()}`,
    ...tableLines([{ head: 'release' }, { head: 'package' }, { head: 'size', align: 'right' }], rows).map(
      (line) => `  ${line}`,
    ),
  ]);
  return EXIT.holds;
}

function known(name: string): KnownRelease {
  if (isKnownRelease(name)) return name;
  throw new CliError('CLI1001', `no release is called ${name}`, { help: `known are ${RELEASES.join(', ')}` });
}
