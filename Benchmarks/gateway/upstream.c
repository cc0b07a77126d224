// A provider for the benchmark: answers a POST with one JSON text, or with a stream of events a millisecond apart.
// One thread a connection; counts nothing and logs nothing.
//   upstream PORT [EVENTS] [GAP_MICROSECONDS]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static int events = 50;
static int gap = 1000;

static const char text[] =
    "{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-4-8\",\"content\":["
    "{\"type\":\"text\",\"text\":\"It is done.\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":"
    "{\"input_tokens\":500,\"cache_read_input_tokens\":20000,\"cache_creation_input_tokens\":100,\"output_tokens\":6}}";

static int put(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) return 0;
        bytes += sent;
        count -= (size_t)sent;
    }
    return 1;
}

static int put_event(int fd, const char *name, const char *data) {
    char body[1024], chunk[1200];
    int length = snprintf(body, sizeof body, "event: %s\ndata: %s\n\n", name, data);
    int total = snprintf(chunk, sizeof chunk, "%x\r\n%s\r\n", length, body);
    return put(fd, chunk, (size_t)total);
}

static int put_stream(int fd) {
    const char head[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    if (!put(fd, head, sizeof head - 1)) return 0;
    put_event(fd, "message_start",
              "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\","
              "\"model\":\"claude-opus-4-8\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":500,"
              "\"output_tokens\":1}}}");
    put_event(fd, "content_block_start",
              "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
    for (int event = 0; event < events - 5; event++) {
        if (gap > 0) usleep((useconds_t)gap);
        if (!put_event(fd, "content_block_delta",
                       "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                       "\" a few words of the reply\"}}"))
            return 0;
    }
    put_event(fd, "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
    put_event(fd, "message_delta",
              "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":"
              "{\"output_tokens\":300}}");
    put_event(fd, "message_stop", "{\"type\":\"message_stop\"}");
    return put(fd, "0\r\n\r\n", 5);
}

static void *serve(void *argument) {
    int fd = (int)(long)argument;
    size_t room = 1 << 20, filled = 0;
    char *inbox = malloc(room + 1);
    for (;;) {
        ssize_t got = recv(fd, inbox + filled, room - filled, 0);
        if (got <= 0) break;
        filled += (size_t)got;
        inbox[filled] = 0;
        char *end;
        while ((end = strstr(inbox, "\r\n\r\n"))) {
            char *field = strcasestr(inbox, "content-length:");
            size_t length = field && field < end ? (size_t)atol(field + 15) : 0;
            size_t total = (size_t)(end - inbox) + 4 + length;
            if (filled < total) break;
            // Streams are asked for at the very beginning of the body.
            int streams = length > 15 && memcmp(end + 4, "{\"stream\":true", 14) == 0;
            memmove(inbox, inbox + total, filled - total);
            filled -= total;
            inbox[filled] = 0;
            int alive;
            if (streams) {
                alive = put_stream(fd);
            } else {
                char reply[2048];
                int count = snprintf(reply, sizeof reply,
                                     "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: req_bench\r\n"
                                     "content-length: %zu\r\n\r\n%s", sizeof text - 1, text);
                alive = put(fd, reply, (size_t)count);
            }
            if (!alive) goto done;
        }
    }
done:
    free(inbox);
    close(fd);
    return NULL;
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    if (count > 2) events = atoi(arguments[2]);
    if (count > 3) gap = atoi(arguments[3]);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) return 1;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 128 << 10);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pthread_t thread;
        if (pthread_create(&thread, &attributes, serve, (void *)(long)fd)) close(fd);
    }
}
