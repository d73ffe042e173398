/* A Modbus TCP device for the tests, on libmodbus: another make than ours.
 *
 * server PORT [silent=UNIT]... [hole=FIRST-LAST]... [longest=COUNT]
 *
 * 2000 coils, discrete inputs, input and holding registers; input register n and discrete input n
 * start as n and n odd. A silent unit never answers, a hole of holding registers and a read longer
 * than `longest` are refused. Ends with its standard input, so that it never outlives the test.
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#define SIZE 2000
#define MANY 64

static int silent[256], first[MANY], last[MANY], holes, longest = 2000;

static int refused(const uint8_t *query, int offset) {
    int start = query[offset + 1] << 8 | query[offset + 2];
    int count = query[offset + 3] << 8 | query[offset + 4];
    if (query[offset] < 1 || query[offset] > 4) return 0;
    if (count > longest) return MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
    for (int i = 0; i < holes; i++)
        if (query[offset] == 3 && start <= last[i] && start + count > first[i])
            return MODBUS_EXCEPTION_ILLEGAL_DATA_ADDRESS;
    return 0;
}

int main(int argc, char **argv) {
    int unit, a, b;
    if (argc < 2) return 2;
    for (int i = 2; i < argc; i++) {
        if (sscanf(argv[i], "silent=%d", &unit) == 1) silent[unit & 255] = 1;
        else if (sscanf(argv[i], "hole=%d-%d", &a, &b) == 2 && holes < MANY) {
            first[holes] = a;
            last[holes++] = b;
        } else if (sscanf(argv[i], "longest=%d", &longest) != 1) return 2;
    }
    modbus_t *ctx = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_mapping_t *map = modbus_mapping_new(SIZE, SIZE, SIZE, SIZE);
    int listener = modbus_tcp_listen(ctx, 16);
    if (map == NULL || listener < 0) {
        fprintf(stderr, "%s\n", modbus_strerror(errno));
        return 1;
    }
    for (int i = 0; i < SIZE; i++) {
        map->tab_input_registers[i] = i;
        map->tab_input_bits[i] = i & 1;
    }
    puts("ready");
    fflush(stdout);
    fd_set open_set, ready;
    int top = listener, offset = modbus_get_header_length(ctx);
    FD_ZERO(&open_set);
    FD_SET(listener, &open_set);
    FD_SET(0, &open_set);
    for (;;) {
        ready = open_set;
        if (select(top + 1, &ready, NULL, NULL, NULL) < 0) return 1;
        if (FD_ISSET(0, &ready)) return 0;
        for (int fd = 1; fd <= top; fd++) {
            if (!FD_ISSET(fd, &ready)) continue;
            if (fd == listener) {
                int fresh = modbus_tcp_accept(ctx, &listener);
                if (fresh >= 0) {
                    FD_SET(fresh, &open_set);
                    if (fresh > top) top = fresh;
                }
                continue;
            }
            uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
            modbus_set_socket(ctx, fd);
            int size = modbus_receive(ctx, query);
            if (size < 0) {
                close(fd);
                FD_CLR(fd, &open_set);
            } else if (size > 0 && !silent[query[6]]) {
                int code = refused(query, offset);
                if (code) modbus_reply_exception(ctx, query, code);
                else modbus_reply(ctx, query, size, map);
            }
        }
    }
}
