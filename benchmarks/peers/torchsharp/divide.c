/* Some virtual machines say nothing of the processor's caches. oneDNN then divides by a 0 that it computed from them when it chooses blocks for a 1 x 1
   convolution, and the process ends. Here a divisor of 0 in a register counts as 1. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <ucontext.h>
#include <unistd.h>

static const int registers[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI, REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

static void divide_by_one(int signal, siginfo_t *info, void *context)
{
    greg_t *values = ((ucontext_t *)context)->uc_mcontext.gregs;
    const uint8_t *code = (const uint8_t *)values[REG_RIP];
    int extended = (*code & 0xf0) == 0x40 ? *code++ & 1 : 0;
    if (code[0] != 0xf7 || code[1] >> 6 != 3)
        _exit(136); /* no division by a register */
    values[registers[(code[1] & 7) | extended << 3]] = 1;
}

__attribute__((constructor)) static void handle(void)
{
    struct sigaction action = {.sa_sigaction = divide_by_one, .sa_flags = SA_SIGINFO};
    sigaction(SIGFPE, &action, 0);
}
