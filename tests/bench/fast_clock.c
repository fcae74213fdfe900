/*
 * A clock that runs RATE times as fast, for tests/bench/day.py. Preloaded with LD_PRELOAD.
 *
 * All processes with the same FAST_CLOCK="RATE REALTIME MONOTONIC" have the same time. The last two are the
 * nanoseconds of both clocks when the fast time began. Sleeps, waits and timeouts are as many times shorter. Clocks of
 * CPU time stay as they are.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long long rate = 1, began[2];
static int (*real_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    const char *said = getenv("FAST_CLOCK");
    real_gettime = REAL(clock_gettime);
    if (said == NULL || sscanf(said, "%lld %lld %lld", &rate, &began[0], &began[1]) != 3) rate = 1;
}

static long long number(const struct timespec *at) { return at->tv_sec * SECOND + at->tv_nsec; }

static struct timespec spec(long long at) {
    if (at < 0) at = 0;
    return (struct timespec){.tv_sec = at / SECOND, .tv_nsec = at % SECOND};
}

/* The place of a clock in `began`; -1 for clocks of CPU time. */
static int place(clockid_t clock) {
    switch (clock) {
        case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: return 0;
        case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_COARSE: case CLOCK_MONOTONIC_RAW: case CLOCK_BOOTTIME: return 1;
        default: return -1;
    }
}

/* The real time of a fast time. */
static struct timespec slow(clockid_t clock, const struct timespec *fast) {
    long long from = began[place(clock)];
    return spec(from + (number(fast) - from) / rate);
}

static struct timespec shorter(const struct timespec *time) { return spec(number(time) / rate); }

static int shorter_ms(int milliseconds) {
    return milliseconds <= 0 ? milliseconds : (int)((milliseconds + rate - 1) / rate);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (real_gettime == NULL) real_gettime = REAL(clock_gettime);
    int result = real_gettime(clock, now), at = place(clock);
    if (result == 0 && at >= 0 && rate > 1) *now = spec(began[at] + (number(now) - began[at]) * rate);
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec fast;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &fast);
    *now = (struct timeval){.tv_sec = fast.tv_sec, .tv_usec = fast.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *now) {
    struct timespec fast;
    clock_gettime(CLOCK_REALTIME, &fast);
    if (now != NULL) *now = fast.tv_sec;
    return fast.tv_sec;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left) {
    struct timespec real = flags & TIMER_ABSTIME ? slow(clock, time) : shorter(time);
    return REAL(clock_nanosleep)(clock, flags, &real, left);
}

int nanosleep(const struct timespec *time, struct timespec *left) {
    struct timespec real = shorter(time);
    return REAL(nanosleep)(&real, left);
}

int usleep(useconds_t microseconds) {
    struct timespec real = spec(microseconds * 1000LL / rate);
    return REAL(nanosleep)(&real, NULL);
}

int sem_timedwait(sem_t *restrict one, const struct timespec *restrict until) {
    struct timespec real = slow(CLOCK_REALTIME, until);
    return REAL(sem_timedwait)(one, &real);
}

int sem_clockwait(sem_t *restrict one, clockid_t clock, const struct timespec *restrict until) {
    struct timespec real = slow(clock, until);
    return REAL(sem_clockwait)(one, clock, &real);
}

int pthread_cond_timedwait(pthread_cond_t *restrict one, pthread_mutex_t *restrict lock,
                           const struct timespec *restrict until) {
    struct timespec real = slow(CLOCK_REALTIME, until);
    return REAL(pthread_cond_timedwait)(one, lock, &real);
}

int pthread_cond_clockwait(pthread_cond_t *restrict one, pthread_mutex_t *restrict lock, clockid_t clock,
                           const struct timespec *restrict until) {
    struct timespec real = slow(clock, until);
    return REAL(pthread_cond_clockwait)(one, lock, clock, &real);
}

int epoll_wait(int set, struct epoll_event *events, int most, int timeout) {
    return REAL(epoll_wait)(set, events, most, shorter_ms(timeout));
}

int epoll_pwait(int set, struct epoll_event *events, int most, int timeout, const sigset_t *mask) {
    return REAL(epoll_pwait)(set, events, most, shorter_ms(timeout), mask);
}

int poll(struct pollfd *files, nfds_t many, int timeout) { return REAL(poll)(files, many, shorter_ms(timeout)); }

int ppoll(struct pollfd *files, nfds_t many, const struct timespec *timeout, const sigset_t *mask) {
    struct timespec real;
    if (timeout != NULL) real = shorter(timeout);
    return REAL(ppoll)(files, many, timeout == NULL ? NULL : &real, mask);
}

int select(int many, fd_set *restrict in, fd_set *restrict out, fd_set *restrict other,
           struct timeval *restrict timeout) {
    struct timeval real;
    if (timeout != NULL) {
        long long all = (timeout->tv_sec * 1000000LL + timeout->tv_usec) / rate;
        real = (struct timeval){.tv_sec = all / 1000000, .tv_usec = all % 1000000};
    }
    return REAL(select)(many, in, out, other, timeout == NULL ? NULL : &real);
}
