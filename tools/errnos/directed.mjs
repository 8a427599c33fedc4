/** Programs for what fuzzing meets too seldom, by their ending. */

const range = { addr: '0x10000000000', length: '0x3000' };
const middle = { addr: '0x10000001000', length: '0x1000' };
const map = { op: 'mmap', args: { ...range, prot: 3, flags: 0x32, fd: -1, offset: '0x0' } };

/**
 * @param nothing a program without steps
 * @param baseline what a process has there before it begins
 */
export function directedPrograms(nothing, baseline, machineWide) {
  const full = { limits: { maxMapCount: baseline.mapCount + 1 } };
  const programs = [
    [
      'mlockall EPERM: mlockall: RLIMIT_MEMLOCK is 0',
      { capIpcLock: false, rlimitMemlock: 0 },
      [{ op: 'mlockall', args: { flags: 1 } }],
    ],
  ];
  if (machineWide) {
    const register = { op: 'uffdRegister', args: { ...range, mode: 1 } };
    programs.push(
      [
        'madvise EAGAIN: madvise: no room for another mapping',
        full,
        [map, { op: 'madvise', args: { ...middle, advice: 1 } }],
      ],
      [
        'uffdRegister ENOMEM: register: no room for another mapping',
        full,
        [map, { op: 'uffdRegister', args: { ...middle, mode: 1 } }],
      ],
      ['munmap ENOMEM: munmap: no room for another mapping', full, [map, { op: 'munmap', args: middle }]],
      [
        'uffdUnregister ENOMEM: unregister: no room for another mapping',
        full,
        [map, register, { op: 'uffdUnregister', args: middle }],
      ],
    );
  }
  return new Map(programs.map(([end, header, steps]) => [end, { ...nothing, ...header, steps }]));
}
