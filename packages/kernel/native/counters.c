/* Counters of the whole process, in pages: from maps, status and, for the machine, meminfo. */
#define _GNU_SOURCE
#include "runner.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char text[1 << 13];

/* The number behind a name of status or meminfo, from kB to pages. */
static uint64_t pages_of(const char *end, const char *name)
{
    const char *at = memmem(text, (size_t)(end - text), name, strlen(name));
    uint64_t kilobytes = 0;
    for (at = at ? at + strlen(name) : end; at < end && *at != '\n'; at++)
        if (*at >= '0' && *at <= '9')
            kilobytes = kilobytes * 10 + (uint64_t)(*at - '0');
    return kilobytes / 4;
}

static const char *read_text(int fd)
{
    ssize_t n = pread(fd, text, sizeof text, 0);
    return text + (n > 0 ? n : 0);
}

/* Opened at each look: a descriptor kept open would be one more thing to set up for every program that has no use for it. */
/* Pages of the machine, without those of the output: in a guest it is a file in memory, which grows while a program runs. */
static uint64_t committed(void)
{
    struct stat output;
    int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
    const char *end = read_text(fd);
    close(fd);
    bool in_memory = fstat(STDOUT_FILENO, &output) == 0 && S_ISREG(output.st_mode);
    return pages_of(end, "\nCommitted_AS:") - (in_memory ? (uint64_t)output.st_blocks * 512 / PAGE : 0);
}

void put_counters(void)
{
    static const char *const names[] = {"\nVmSize:", "\nVmLck:", "\nVmData:"};
    put_hex(count_maps());
    const char *end = read_text(status_fd);
    for (int i = 0; i < 3; i++) {
        put_char(' ');
        put_hex(pages_of(end, names[i]));
    }
    if (program.options & WITH_COMMITTED) {
        put_char(' ');
        put_hex(committed());
    }
    put_char('\n');
}
