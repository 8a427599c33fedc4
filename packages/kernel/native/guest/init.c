/*
 * The only process of a guest that the host did not ask for: takes messages from the host, hands each to the runner, and gives its
 * answer back. Host and guest share a disk (an NVMe drive, whose driver distribution kernels have built in) as a mailbox:
 *
 *   0            request header: magic, number, kind, length in bytes (four 64-bit words); kind 0 run, 1 probe, 2 power off
 *   4096         the request, programs in the words of protocol.txt
 *   HALF         answer header: magic, number, status of the runner, length in bytes
 *   HALF + 4096  the answer
 *
 * Each side writes a header after what it announces, and waits for the number that it expects.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCK = 4096, CHUNK = 1 << 20 };
static const uint64_t MAGIC = 0x6b63656863616d76;
static const off_t HALF = 64 << 20;

struct header {
    uint64_t magic, number, kind, length;
};

static int disk;
/* Direct transfers need aligned memory. */
static char block[BLOCK] __attribute__((aligned(BLOCK)));
static char chunk[CHUNK] __attribute__((aligned(BLOCK)));

static void give_up(const char *why)
{
    perror(why);
    sync();
    reboot(RB_POWER_OFF);
    for (;;)
        pause();
}

static size_t padded(size_t bytes)
{
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
}

static struct header next_request(uint64_t number)
{
    for (;;) {
        struct header header;
        if (pread(disk, block, BLOCK, 0) != BLOCK)
            give_up("mailbox");
        memcpy(&header, block, sizeof header);
        if (header.magic == MAGIC && header.number == number)
            return header;
        usleep(500);
    }
}

static int file_of(const char *name)
{
    int fd = memfd_create(name, 0);
    if (fd < 0)
        give_up(name);
    return fd;
}

static void take(int fd, uint64_t length)
{
    for (uint64_t at = 0; at < length; at += CHUNK) {
        size_t part = length - at < CHUNK ? length - at : CHUNK;
        if (pread(disk, chunk, padded(part), BLOCK + (off_t)at) < (ssize_t)part || write(fd, chunk, part) != (ssize_t)part)
            give_up("request");
    }
    lseek(fd, 0, SEEK_SET);
}

static void answer(int fd, uint64_t number, uint64_t status)
{
    struct stat found;
    fstat(fd, &found);
    uint64_t length = (uint64_t)found.st_size;
    lseek(fd, 0, SEEK_SET);
    for (uint64_t at = 0; at < length; at += CHUNK) {
        size_t part = length - at < CHUNK ? length - at : CHUNK;
        if (read(fd, chunk, part) != (ssize_t)part ||
            pwrite(disk, chunk, padded(part), HALF + BLOCK + (off_t)at) != (ssize_t)padded(part))
            give_up("answer");
    }
    struct header header = { MAGIC, number, status, length };
    memset(block, 0, BLOCK);
    memcpy(block, &header, sizeof header);
    if (pwrite(disk, block, BLOCK, HALF) != BLOCK)
        give_up("answer");
}

static void copy_setting(int out, const char *name, const char *path)
{
    char text[200];
    int fd = open(path, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (length > 0) {
        text[length] = '\0';
        text[strcspn(text, "\n")] = '\0';
        dprintf(out, "%s %s\n", name, text);
    }
    close(fd);
}

static uint64_t run(int in, int out, bool probe)
{
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        dup2(in, 0);
        dup2(out, 1);
        char *const arguments[] = { "/runner", probe ? "probe" : NULL, NULL };
        char *const environment[] = { NULL };
        execve("/runner", arguments, environment);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (probe) {
        copy_setting(out, "thp", "/sys/kernel/mm/transparent_hugepage/enabled");
        copy_setting(out, "overcommit", "/proc/sys/vm/overcommit_memory");
        copy_setting(out, "maxMapCount", "/proc/sys/vm/max_map_count");
    }
    return (uint64_t)status;
}

int main(void)
{
    mount("proc", "/proc", "proc", 0, NULL);
    mount("sysfs", "/sys", "sysfs", 0, NULL);
    mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
    for (int tries = 0; (disk = open("/dev/nvme0n1", O_RDWR | O_DIRECT)) < 0; tries++) {
        if (tries == 10000)
            give_up("/dev/nvme0n1");
        usleep(1000);
    }
    for (uint64_t number = 1;; number++) {
        struct header request = next_request(number);
        if (request.kind == 2)
            break;
        int in = file_of("request"), out = file_of("answer");
        take(in, request.length);
        uint64_t status = run(in, out, request.kind == 1);
        answer(out, number, status);
        close(in);
        close(out);
        /* Processes that a program left behind are ours now. */
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
    }
    sync();
    reboot(RB_POWER_OFF);
    return 0;
}
