#pragma once

struct allocations {
    unsigned long count;
    unsigned long bytes;
};

/// What the program has asked of malloc and its kin so far, whatever of it was freed since.
struct allocations allocations_so_far(void);
