/* What is printed of the window: the VMAs that differ from the last time, and the contents of present pages. */
#define _GNU_SOURCE
#include "runner.h"

#include <string.h>
#include <unistd.h>

static bool same(const struct vma *a, const struct vma *b)
{
    return a->start == b->start && a->end == b->end && a->offset == b->offset && a->file == b->file &&
           memcmp(a->perms, b->perms, sizeof a->perms) == 0 && a->length == b->length &&
           memcmp(a->text, b->text, (size_t)a->length) == 0;
}

static void put_vma(const struct vma *vma)
{
    put_text("vma ");
    put_hex(vma->start);
    put_char(' ');
    put_hex(vma->end);
    put_char(' ');
    put_bytes(vma->perms, sizeof vma->perms);
    put_char(' ');
    put_hex(vma->offset);
    if (vma->file >= 0) {
        put_text(" @");
        put_hex((uint64_t)vma->file);
    } else {
        put_text(vma->file == FILE_SHMEM ? " shmem" : vma->file == FILE_OTHER ? " =" : " -");
    }
    put_char(' ');
    put_text(vma->text);
    size_t flags = strlen(vma->text);
    if (vma->file == FILE_OTHER) {
        put_text(" =");
        put_bytes(vma->text + flags + 1, (size_t)vma->length - flags - 1);
    }
    put_char('\n');
}

void put_difference(const struct vma_list *before, const struct vma_list *after)
{
    size_t shorter = before->count < after->count ? before->count : after->count;
    size_t prefix = 0, suffix = 0;
    while (prefix < shorter && same(&before->vmas[prefix], &after->vmas[prefix]))
        prefix++;
    while (suffix < shorter - prefix &&
           same(&before->vmas[before->count - 1 - suffix], &after->vmas[after->count - 1 - suffix]))
        suffix++;
    if (prefix == before->count && prefix == after->count)
        return;
    put_text("after ");
    put_hex(after->count - prefix - suffix);
    put_char(' ');
    put_hex(prefix);
    put_char(' ');
    put_hex(suffix);
    put_char('\n');
    for (size_t i = prefix; i < after->count - suffix; i++)
        put_vma(&after->vmas[i]);
}

/*
 * The first 8 bytes of a page that pagemap says is present. A present page of a readable mapping is simply read: that changes
 * nothing. One that may not be read (PROT_NONE) is read through /proc/self/mem, which finds a present page whatever its protection.
 */
static void put_page(uint64_t addr, bool readable)
{
    uint64_t value = 0;
    int signal;
    if (readable ? !guarded_load(addr, &value, &signal)
                 : pread(memory_fd, &value, sizeof value, (off_t)addr) != (ssize_t)sizeof value)
        return;
    put_char(' ');
    put_hex(addr);
    put_char(' ');
    put_hex(value);
}

void put_contents(const struct vma_list *list)
{
    static uint64_t entries[512];
    const uint64_t capacity = sizeof entries / sizeof *entries;
    uint64_t first = 0, known = 0; /* entries hold the pages [first, first + known) */
    put_text("has");
    for (size_t i = 0; i < list->count; i++) {
        const struct vma *vma = &list->vmas[i];
        if (touches_own(vma->start, vma->end))
            continue;
        uint64_t start = vma->start > program.window_start ? vma->start : program.window_start;
        uint64_t end = vma->end < program.window_end ? vma->end : program.window_end;
        for (uint64_t addr = start; addr < end; addr += PAGE) {
            uint64_t page = addr / PAGE;
            if (page < first || page >= first + known) {
                /* As many entries as may be of use at once: the window's VMAs mostly lie within one read of each other. */
                ssize_t n = pread(pagemap_fd, entries, sizeof entries, (off_t)(page * sizeof *entries));
                first = page;
                known = n > 0 ? (uint64_t)n / sizeof *entries : 0;
                if (known == 0 || known > capacity)
                    break;
            }
            if (entries[page - first] >> 63)
                put_page(addr, vma->perms[0] == 'r');
        }
    }
    put_char('\n');
}
