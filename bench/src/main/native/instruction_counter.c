/* A plugin for qemu-user that counts the instructions a program executes, by thread.
 *
 * The counters are 64-bit, one per virtual processor (qemu-user gives each thread its own), in a
 * file mapped shared: another process reads them while the program runs. Built by the bench when it
 * is asked for emulated instructions:
 *     gcc -O2 -shared -fPIC -o instruction_counter.so instruction_counter.c
 *     qemu-x86_64 -plugin ./instruction_counter.so,out=FILE program
 * The few declarations needed of qemu's plugin interface, version 1, are repeated here since
 * distributions don't always ship its header. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
enum { THREADS_MAX = 4096, NO_REGISTERS = 0 };

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
typedef void (*block_translated)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*block_executed)(unsigned int thread, void *data);
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, block_translated);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, block_executed, int flags,
                                                 void *data);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);

EXPORT int qemu_plugin_version = 1;

static volatile uint64_t *counts;

static void executed(unsigned int thread, void *instructions) {
  counts[thread % THREADS_MAX] += (uintptr_t)instructions;
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_cb(block, executed, NO_REGISTERS,
                                       (void *)(uintptr_t)qemu_plugin_tb_n_insns(block));
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv) {
  (void)info;
  if (argc != 1 || strncmp(argv[0], "out=", 4) != 0) {
    return 1;
  }
  int file = open(argv[0] + 4, O_RDWR | O_CREAT, 0600);
  if (file < 0 || ftruncate(file, THREADS_MAX * sizeof(uint64_t)) != 0) {
    return 1;
  }
  counts = mmap(NULL, THREADS_MAX * sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (counts == MAP_FAILED) {
    return 1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  return 0;
}
