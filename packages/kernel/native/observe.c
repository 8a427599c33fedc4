/*
 * What /proc says of this process: the VMAs of the window from smaps, or without flags from maps.
 *
 * smaps is read with pread from its beginning: the kernel formats VMA by VMA, lowest first, and reading stops behind the window.
 * The runner's own mappings lie above every window that programs use, so that little is formatted in vain.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct vma own[MAX_OWN];
size_t own_count;

int status_fd, pagemap_fd, memory_fd;
static int smaps_fd, maps_fd;
static char text[1 << 17];

void open_observers(void)
{
    smaps_fd = open("/proc/self/smaps", O_RDONLY | O_CLOEXEC);
    maps_fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    pagemap_fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    memory_fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    status_fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
}

/* In a forked process the descriptors would show its parent. */
void reopen_observers(void)
{
    close(smaps_fd);
    close(maps_fd);
    close(pagemap_fd);
    close(memory_fd);
    close(status_fd);
    open_observers();
}

/* The line "START-END PERMS OFFSET DEVICE INODE   NAME" of maps and smaps. */
static void parse_head(const char *at, const char *end, struct vma *vma)
{
    vma->start = take_hex(&at, end);
    at++;
    vma->end = take_hex(&at, end);
    at++;
    memcpy(vma->perms, at, sizeof vma->perms);
    at += sizeof vma->perms + 1;
    vma->offset = take_hex(&at, end);
    at = memchr(at + 1, ' ', (size_t)(end - at - 1));
    uint64_t inode = 0;
    for (at++; at < end && *at >= '0' && *at <= '9'; at++)
        inode = inode * 10 + (uint64_t)(*at - '0');
    while (at < end && *at == ' ')
        at++;
    size_t length = (size_t)(end - at);
    vma->length = 0;
    vma->file = FILE_NONE;
    if (inode == 0 && length == 0)
        return;
    for (int i = 0; inode != 0 && i < program.files; i++)
        if (program.inode[i] == inode) {
            vma->file = i;
            return;
        }
    vma->file = FILE_SHMEM;
    if (length >= 9 && memcmp(at, "/dev/zero", 9) == 0)
        return;
    vma->file = FILE_OTHER;
    vma->length = (int)(length < 60 ? length : 60);
    memcpy(vma->text, at, (size_t)vma->length);
}

/* Puts the flags before the name that parse_head left, so that comparing `text` compares both. */
static void add_flags(struct vma *vma, const char *at, size_t length)
{
    char name[60];
    int name_length = vma->length;
    memcpy(name, vma->text, (size_t)name_length);
    while (length > 0 && at[length - 1] == ' ')
        length--;
    if (length > sizeof vma->text - sizeof name - 1)
        length = sizeof vma->text - sizeof name - 1;
    memcpy(vma->text, at, length);
    vma->text[length] = 0;
    memcpy(vma->text + length + 1, name, (size_t)name_length);
    vma->length = (int)length + 1 + name_length;
}

/* As read_window, from maps: a small part of the cost. */
static bool read_window_maps(struct vma_list *list)
{
    size_t have = 0;
    off_t from = 0;
    for (;;) {
        ssize_t n = pread(maps_fd, text + have, sizeof text - have, from);
        if (n <= 0)
            return n == 0;
        from += n;
        have += (size_t)n;
        const char *at = text, *end = text + have, *stop;
        for (; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
            if (list->count == MAX_VMAS)
                return false;
            struct vma *vma = &list->vmas[list->count];
            parse_head(at, stop, vma);
            if (vma->start >= program.window_end)
                return true;
            if (vma->end > program.window_start) {
                add_flags(vma, "", 0);
                list->count++;
            }
        }
        have = (size_t)(end - at);
        memmove(text, at, have);
    }
}

bool read_window(struct vma_list *list)
{
    static const char flags[] = "\nVmFlags: ";
    size_t have = 0;
    off_t from = 0;
    list->count = 0;
    if (program.options & WITHOUT_FLAGS)
        return read_window_maps(list);
    for (;;) {
        ssize_t n = pread(smaps_fd, text + have, sizeof text - have, from);
        if (n <= 0)
            return n == 0;
        from += n;
        have += (size_t)n;
        const char *at = text, *end = text + have;
        for (;;) {
            const char *head_end = memchr(at, '\n', (size_t)(end - at));
            if (!head_end)
                break;
            const char *mark = memmem(head_end, (size_t)(end - head_end), flags, sizeof flags - 1);
            const char *line_end = mark ? memchr(mark + 1, '\n', (size_t)(end - mark - 1)) : NULL;
            if (!line_end)
                break;
            if (list->count == MAX_VMAS)
                return false;
            struct vma *vma = &list->vmas[list->count];
            parse_head(at, head_end, vma);
            if (vma->start >= program.window_end)
                return true;
            if (vma->end > program.window_start) {
                const char *value = mark + sizeof flags - 1;
                add_flags(vma, value, (size_t)(line_end - value));
                list->count++;
            }
            at = line_end + 1;
        }
        have = (size_t)(end - at);
        memmove(text, at, have);
    }
}

/* Where to put what maps shows, one line after the other. */
struct maps_reader {
    uint64_t lines;         /* VMAs; [vsyscall] is none */
    uint64_t pages;
    bool keep;              /* remember them as the runner's own */
    uint64_t reached;       /* grows while VMAs follow without a hole */
};

static void take_line(struct maps_reader *reader, const char *at, const char *end)
{
    struct vma vma;
    parse_head(at, end, &vma);
    if (vma.start >= USER_END)
        return;
    reader->lines++;
    reader->pages += (vma.end - vma.start) / PAGE;
    if (reader->keep && own_count < MAX_OWN)
        own[own_count++] = vma;
    if (vma.start <= reader->reached && vma.end > reader->reached)
        reader->reached = vma.end;
}

static void read_maps(struct maps_reader *reader)
{
    size_t have = 0;
    off_t from = 0;
    for (;;) {
        ssize_t n = pread(maps_fd, text + have, sizeof text - have, from);
        if (n <= 0)
            return;
        from += n;
        have += (size_t)n;
        const char *at = text, *end = text + have, *stop;
        for (; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1)
            take_line(reader, at, stop);
        have = (size_t)(end - at);
        memmove(text, at, have);
    }
}

void read_own(void)
{
    struct maps_reader reader = {.keep = true};
    own_count = 0;
    read_maps(&reader);
}

uint64_t count_maps(void)
{
    struct maps_reader reader = {0};
    read_maps(&reader);
    return reader.lines;
}

uint64_t mapped_pages(void)
{
    struct maps_reader reader = {0};
    read_maps(&reader);
    return reader.pages;
}

/* The end of the mapped memory that begins at addr; addr itself when nothing is mapped there. */
uint64_t mapped_until(uint64_t addr)
{
    struct maps_reader reader = {.reached = addr};
    read_maps(&reader);
    return reader.reached;
}
