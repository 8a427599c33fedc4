/* Commit that a FIXED move leaks for good when it shrinks: a fact of Linux 6.16 to 7.2. */
#include "runner.h"

uint64_t leaked_pages(const struct step *step, struct result result, const struct vma_list *before)
{
    if (step->op != OP_MREMAP || result.kind != 'v' || !fixed_shrink(step->args))
        return 0;
    uint64_t leak = (round_up(step->args[1]) - round_up(step->args[2])) / PAGE;
    for (size_t i = 0; i < before->count; i++) {
        const struct vma *vma = &before->vmas[i];
        if (vma->start <= step->args[0] && step->args[0] < vma->end) {
            /* Only mappings that count towards commit leak it: "ac". */
            for (const char *at = vma->text; *at; at++)
                if (at[0] == 'a' && at[1] == 'c')
                    return leak;
            return 0;
        }
    }
    return leak;
}
