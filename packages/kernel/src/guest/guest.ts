/** One machine under QEMU that boots a kernel and runs what the mailbox brings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Mailbox, type Reply } from './mailbox.js';

/** Why a guest is of no use any more. */
export class GuestLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'GuestLost';
  }
}

const QEMU = 'qemu-system-x86_64';
/** Ends the machine when this process is gone, however it went (`prctl(PR_SET_PDEATHSIG)`; util-linux). */
const UNTIL_WE_DIE = ['setpriv', '--pdeathsig', 'KILL'] as const;
/** Without five-level page tables: user space ends where it does on most machines. */
const CPU = 'max,la57=off';
const ARGUMENTS = ['-M', 'q35', '-cpu', CPU, '-m', '768', '-display', 'none', '-no-reboot', '-nic', 'none'];
const COMMAND_LINE = 'console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off rdinit=/init';
/** How often the host looks for an answer, in milliseconds. */
const POLL_MS = 2;
/** What of the console is kept to tell why a kernel died. */
const CONSOLE_LINES = 40;

export class Guest {
  readonly #mailbox: Mailbox;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #console: string[] = [''];
  #ended: string | undefined;

  private constructor(mailbox: Mailbox, folder: string, process: ChildProcess) {
    this.#mailbox = mailbox;
    this.#folder = folder;
    this.#process = process;
    process.stdout?.setEncoding('latin1').on('data', (text: string) => this.#print(text));
    process.stderr?.setEncoding('latin1').on('data', (text: string) => this.#print(text));
    process.on('error', (error: NodeJS.ErrnoException) => {
      this.#ended = error.code === 'ENOENT' ? `there is no ${QEMU}` : error.message;
    });
    process.on('exit', (code, signal) => (this.#ended ??= `the guest ended (${signal ?? `exit code ${code}`})`));
  }

  /** Starts a machine; it is up when it has answered a first request. */
  static async start(image: string, initrd: Uint8Array): Promise<Guest> {
    const folder = await mkdtemp(join(tmpdir(), 'vmacheck-guest-'));
    const disk = join(folder, 'mailbox');
    const ramDisk = join(folder, 'initrd');
    const mailbox = await Mailbox.create(disk);
    await writeFile(ramDisk, initrd);
    const drive = `file=${disk.replaceAll(',', ',,')},if=none,id=mailbox,format=raw,cache=writeback,file.locking=off`;
    const disks = ['-drive', drive, '-device', 'nvme,drive=mailbox,serial=mailbox'];
    const kernel = ['-kernel', image, '-initrd', ramDisk, '-append', COMMAND_LINE, '-serial', 'stdio'];
    const tied = (await onPath(UNTIL_WE_DIE[0])) && (await onPath(QEMU));
    const [program, ...args] = [...(tied ? UNTIL_WE_DIE : []), QEMU, ...ARGUMENTS, ...disks, ...kernel];
    const process = spawn(program as string, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    return new Guest(mailbox, folder, process);
  }

  /**
   * Sends one request and waits for its answer.
   *
   * @throws GuestLost when the machine ends first or the time (in milliseconds) is over
   */
  async ask(kind: 'run' | 'probe', text: string, timeoutMs: number): Promise<Reply> {
    await this.#mailbox.send(kind, text);
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const reply = await this.#mailbox.reply();
      if (reply !== undefined) return reply;
      if (this.#ended !== undefined) throw new GuestLost(this.#because(this.#ended));
      if (Date.now() > deadline) throw new GuestLost(this.#because(`the guest gave no answer in ${timeoutMs} ms`));
      await after(POLL_MS);
    }
  }

  /** Ends the machine and removes its files. */
  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#mailbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #print(text: string): void {
    const lines = ((this.#console.at(-1) ?? '') + text).split('\n');
    this.#console.splice(-1, 1, ...lines);
    this.#console.splice(0, this.#console.length - CONSOLE_LINES);
  }

  /** The reason, with what the kernel said about it. */
  #because(reason: string): string {
    const said = this.#console.map((line) => line.replace(/^\[[^\]]*\] /, '').trim());
    const at = said.findIndex((line) => /\b(BUG|Oops|WARNING|panic|Kernel panic|KASAN)\b/.test(line));
    if (at >= 0) return `${reason}; its kernel said: ${said[at]}`;
    const last = said.findLast((line) => line !== '');
    return last === undefined ? reason : `${reason}; last on its console: ${last}`;
  }
}

/** Whether there is such a program. */
async function onPath(name: string): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = await access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
