// SPDX-License-Identifier: BSL-1.0
#include "transport.hpp"

#include "deadline.hpp"

#include <cerrno>
#include <cstddef>

#include <sys/socket.h>

namespace steward::inline v0::adapters::detail {

namespace {

redis_progress progress_of(ssize_t bytes) noexcept
{
    using enum redis_step;
    if (bytes > 0)
        return {moved, static_cast<std::size_t>(bytes)};
    if (bytes == 0)
        return {closed};
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return {blocked};
    return {closed, 0, errno};
}

} // namespace

redis_transport::redis_transport(const redis_settings& settings, time_point deadline)
    : socket_{connect_to(settings, deadline)}
{
    if (settings.tls == redis_tls::on)
        tls_ = std::make_unique<redis_tls_stream>(socket_.get(), settings, deadline);
}

redis_progress redis_transport::read(std::span<char> to) noexcept
{
    return tls_ ? tls_->read(to) : progress_of(::recv(socket_.get(), to.data(), to.size(), 0));
}

redis_progress redis_transport::write(std::string_view bytes) noexcept
{
    return tls_ ? tls_->write(bytes) : progress_of(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

bool redis_transport::wait(bool to_write, time_point deadline) const
{
    return (tls_ && tls_->has_more())
           || wait_until_ready(socket_.get(), static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN), deadline);
}

bool redis_transport::readable() const { return wait(false, time_point{}); }

void redis_transport::close() noexcept
{
    tls_.reset();
    socket_.close();
}

} // namespace steward::inline v0::adapters::detail
