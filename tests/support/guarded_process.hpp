// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace steward::test {

/// Who runs a server when the tests run as root, because servers are for unprivileged users.
struct account {
    uid_t user;
    gid_t group;
};

/// Empty unless the tests run as root.
[[nodiscard]] inline std::optional<account> unprivileged()
{
    if (::geteuid() != 0)
        return std::nullopt;
    const passwd* const nobody = ::getpwnam("nobody");
    if (nobody == nullptr)
        throw std::runtime_error{"there is no user nobody to run a server as"};
    return account{nobody->pw_uid, nobody->pw_gid};
}

/// Gives `path` and all in it to the one who runs servers.
inline void give_to_unprivileged(const std::filesystem::path& path)
{
    const std::optional<account> owner = unprivileged();
    if (!owner)
        return;
    const auto give = [&](const std::filesystem::path& file) {
        if (::lchown(file.c_str(), owner->user, owner->group) != 0)
            throw std::runtime_error{"cannot give " + file.string() + " to the user nobody"};
    };
    give(path);
    if (std::filesystem::is_directory(path))
        for (const auto& entry : std::filesystem::recursive_directory_iterator{path})
            give(entry.path());
}

/// A program and whatever it starts, run as an unprivileged user. They end with this object, and with the test's process
/// however that ends: a process in between, the guard, looks after them, because what a server forks may leave its group.
///
/// Threads: one at a time; any may start it, and may end before it.
class guarded_process {
public:
    /// `command` starts with the program's file. Its output is added to `log`; `folder` is where it runs. It gets
    /// `end_signal` once the test's process is gone, and SIGKILL if that does not help.
    guarded_process(const std::vector<std::string>& command, const std::string& folder, const std::string& log,
                    int end_signal = SIGKILL)
    {
        std::vector<char*> arguments;
        for (const std::string& word : command)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        const int test = static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0));
        const plan what{arguments.data(), folder.c_str(), output, test, end_signal, unprivileged()};
        guard_ = output < 0 || test < 0 ? -1 : ::fork();
        if (guard_ == 0)
            guard(what);
        ::close(output);
        ::close(test);
        if (guard_ < 0)
            throw std::runtime_error{"no process for " + command.front()};
    }
    ~guarded_process() { stop_hard(); }
    guarded_process(const guarded_process&) = delete;
    guarded_process& operator=(const guarded_process&) = delete;

    [[nodiscard]] bool running() noexcept { return guard_ != 0 && !ended(WNOHANG); }

    /// Waits until nothing of it is left; its exit status, or 128 and the signal that ended it.
    int wait() noexcept
    {
        if (guard_ != 0)
            ended(0);
        return result_;
    }

    /// Sends `signal`, one of SIGTERM, SIGINT, SIGQUIT and SIGKILL, to the program, and waits; what the program leaves
    /// behind is killed.
    int stop(int signal) noexcept
    {
        if (guard_ != 0)
            ::kill(guard_, signal == SIGKILL ? kill_all : signal);
        return wait();
    }

    /// Kills the program and all that it started, and waits.
    void stop_hard() noexcept { stop(SIGKILL); }

private:
    static constexpr int kill_all = SIGUSR1;

    struct plan {
        char** command;
        const char* folder;
        int output;
        int test; ///< readable when the test's process is gone
        int end_signal;
        std::optional<account> runs_as;
    };

    bool ended(int options) noexcept
    {
        int status = 0;
        if (::waitpid(guard_, &status, options) != guard_)
            return false;
        guard_ = 0;
        result_ = status_of(status);
        return true;
    }

    static int status_of(int status) noexcept
    {
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    // From here on in the guard, a copy of a process that may have had threads: system calls alone.

    [[noreturn]] static void guard(const plan& what) noexcept
    {
        ::setsid(); // what a terminal sends the tests is not for the servers
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);
        ::signal(SIGCHLD, SIG_DFL);
        sigset_t expected;
        ::sigemptyset(&expected);
        for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGQUIT, kill_all})
            ::sigaddset(&expected, signal);
        ::sigprocmask(SIG_SETMASK, &expected, nullptr);
        const int signals = ::signalfd(-1, &expected, SFD_CLOEXEC);
        const pid_t self = ::getpid();
        const pid_t program = ::fork();
        if (program == 0)
            become_program(what, self);
        close_all_but(std::min(signals, what.test), std::max(signals, what.test));
        ::_exit(program < 0 ? 127 : look_after(program, signals, what));
    }

    [[noreturn]] static void become_program(const plan& what, pid_t guard) noexcept
    {
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        const bool dropped = !what.runs_as
                             || (::setgroups(0, nullptr) == 0 && ::setgid(what.runs_as->group) == 0
                                 && ::setuid(what.runs_as->user) == 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // after the change of user, which forgets it
        const int input = ::open("/dev/null", O_RDONLY);
        if (dropped && input >= 0 && ::getppid() == guard && ::chdir(what.folder) == 0 && ::dup2(input, 0) == 0
            && ::dup2(what.output, 1) == 1 && ::dup2(what.output, 2) == 2) {
            ::close_range(3, ~0U, 0);
            ::execv(what.command[0], what.command);
        }
        ::_exit(127);
    }

    /// Connections of the test, above all: nobody else may hold them open.
    static void close_all_but(int first, int second) noexcept
    {
        close_between(-1, first);
        close_between(first, second);
        ::close_range(static_cast<unsigned>(second) + 1, ~0U, 0);
    }

    static void close_between(int first, int second) noexcept
    {
        if (first + 1 < second)
            ::close_range(static_cast<unsigned>(first) + 1, static_cast<unsigned>(second) - 1, 0);
    }

    static int look_after(pid_t program, int signals, const plan& what) noexcept
    {
        std::array<pollfd, 2> events{{{signals, POLLIN, 0}, {what.test, POLLIN, 0}}};
        for (int patience = -1; ::poll(events.data(), events.size(), patience) != 0;) {
            if (events[1].revents != 0) {
                ::kill(program, what.end_signal);
                events[1].fd = -1;
                patience = 5000;
            }
            signalfd_siginfo signal{};
            if (events[0].revents == 0 || ::read(signals, &signal, sizeof signal) != sizeof signal)
                continue;
            if (signal.ssi_signo != SIGCHLD) {
                ::kill(program, signal.ssi_signo == kill_all ? SIGKILL : static_cast<int>(signal.ssi_signo));
                continue;
            }
            int status = 0;
            for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;)
                if (ended == program) {
                    kill_the_rest();
                    return status_of(status);
                }
        }
        ::kill(program, SIGKILL);
        kill_the_rest();
        return 128 + SIGKILL;
    }

    /// What the program left behind is the guard's own by now.
    static void kill_the_rest() noexcept
    {
        do {
            std::array<char, 8192> list{};
            const int children = ::open("/proc/thread-self/children", O_RDONLY);
            const ssize_t size = ::read(children, list.data(), list.size());
            ::close(children);
            const char *at = list.data(), *const end = at + std::max<ssize_t>(size, 0);
            for (pid_t child = 0; at < end;) {
                const auto [after, error] = std::from_chars(at, end, child);
                if (error == std::errc{} && child > 0)
                    ::kill(child, SIGKILL);
                at = after + 1;
            }
        } while (::waitpid(-1, nullptr, 0) > 0);
    }

    pid_t guard_ = 0;
    int result_ = 0;
};

/// Runs a program to its end, as an unprivileged user if the tests run as root; its exit status.
inline int run_unprivileged(const std::vector<std::string>& command, const std::string& folder, const std::string& log)
{
    return guarded_process{command, folder, log}.wait();
}

} // namespace steward::test
