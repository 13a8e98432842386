// SPDX-License-Identifier: BSL-1.0
#include "tls.hpp"

#include "deadline.hpp"
#include "failure.hpp"

#include <steward/detail/no_sigpipe.hpp>

#include <cerrno>
#include <climits>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace steward::inline v0::adapters::detail {

using steward::detail::no_sigpipe;

bool has_tls() noexcept { return true; }

namespace {

using context_ptr = std::unique_ptr<SSL_CTX, decltype([](SSL_CTX* context) { ::SSL_CTX_free(context); })>;

[[noreturn]] void fail(std::string details) { throw redis_failure{redis_errc::tls, std::move(details)}; }

void expect(bool so, const char* otherwise)
{
    if (!so)
        fail(otherwise);
}

// A new one for each connection: the files are read again, so that a renewed certificate is found.
context_ptr context_of(const redis_settings& settings)
{
    context_ptr context{::SSL_CTX_new(::TLS_client_method())};
    expect(context != nullptr, "OpenSSL has no memory");
    SSL_CTX* const made = context.get();
    ::SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
    ::SSL_CTX_set_options(made, SSL_OP_NO_RENEGOTIATION); // so that reading never waits for room to write
    ::SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    ::SSL_CTX_set_verify(made, SSL_VERIFY_PEER, nullptr);
    if (settings.ca_file.empty())
        expect(::SSL_CTX_set_default_verify_paths(made) == 1, "the system's certificates cannot be read; set ca_file");
    else
        expect(::SSL_CTX_load_verify_locations(made, settings.ca_file.c_str(), nullptr) == 1,
               "expected certificates (PEM) in ca_file");
    if (!settings.cert_file.empty())
        expect(::SSL_CTX_use_certificate_chain_file(made, settings.cert_file.c_str()) == 1,
               "expected a certificate (PEM) in cert_file");
    if (!settings.key_file.empty())
        expect(::SSL_CTX_use_PrivateKey_file(made, settings.key_file.c_str(), SSL_FILETYPE_PEM) == 1,
               "expected the key (PEM) of the certificate in cert_file in key_file");
    return context;
}

bool is_address(const std::string& host)
{
    in6_addr any{};
    return ::inet_pton(AF_INET, host.c_str(), &any) == 1 || ::inet_pton(AF_INET6, host.c_str(), &any) == 1;
}

void expect_host(SSL* ssl, const std::string& host)
{
    if (is_address(host)) {
        expect(::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(ssl), host.c_str()) == 1, "OpenSSL refuses host");
        return;
    }
    // Written out: SSL_set_tlsext_host_name is a macro with a cast that is none of ours.
    auto* const name = const_cast<char*>(host.c_str()); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    ::SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
    expect(::SSL_set1_host(ssl, host.c_str()) == 1, "OpenSSL refuses host");
}

[[noreturn]] void fail_handshake(SSL* ssl, int error)
{
    if (const long why = ::SSL_get_verify_result(ssl); why != X509_V_OK)
        fail(std::string{"the server did not prove that it is this host: "} + ::X509_verify_cert_error_string(why)
             + "; is its authority in ca_file?");
    if (error == SSL_ERROR_SYSCALL || error == SSL_ERROR_ZERO_RETURN)
        throw redis_failure{redis_errc::connection_lost_undone,
                            "it ended in the TLS handshake; does the server speak TLS at this port?"};
    const char* const reason = ::ERR_reason_error_string(::ERR_peek_last_error());
    fail(std::string{"the handshake failed: "} + (reason != nullptr ? reason : "no reason given")
         + "; does the server speak TLS at this port?");
}

redis_progress progress_of(SSL* ssl, int result) noexcept
{
    if (result > 0)
        return {redis_step::moved, static_cast<std::size_t>(result)};
    switch (::SSL_get_error(ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return {redis_step::blocked};
    case SSL_ERROR_SYSCALL: return {redis_step::closed, 0, errno};
    default: return {redis_step::closed};
    }
}

int length(std::size_t size) noexcept { return size < INT_MAX ? static_cast<int>(size) : INT_MAX; }

} // namespace

redis_tls_stream::redis_tls_stream(int socket, const redis_settings& settings, time_point deadline)
{
    ::ERR_clear_error();
    const context_ptr context = context_of(settings);
    ssl_.reset(::SSL_new(context.get()));
    expect(ssl_ != nullptr && ::SSL_set_fd(ssl_.get(), socket) == 1, "OpenSSL has no memory");
    expect_host(ssl_.get(), settings.host);
    for (;;) {
        const no_sigpipe quiet;
        const int result = ::SSL_connect(ssl_.get());
        if (result == 1)
            return;
        const int error = ::SSL_get_error(ssl_.get(), result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            fail_handshake(ssl_.get(), error);
        const auto event = static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT);
        if (!wait_until_ready(socket, event, deadline))
            throw redis_failure{redis_errc::timed_out, "the TLS handshake was not over in time"};
    }
}

redis_progress redis_tls_stream::read(std::span<char> to) noexcept
{
    const no_sigpipe quiet; // answers what the other side asks beneath
    ::ERR_clear_error();
    return progress_of(ssl_.get(), ::SSL_read(ssl_.get(), to.data(), length(to.size())));
}

redis_progress redis_tls_stream::write(std::string_view bytes) noexcept
{
    const no_sigpipe quiet;
    ::ERR_clear_error();
    return progress_of(ssl_.get(), ::SSL_write(ssl_.get(), bytes.data(), length(bytes.size())));
}

bool redis_tls_stream::has_more() const noexcept { return ::SSL_pending(ssl_.get()) > 0; }

void redis_tls_stream::free_ssl::operator()(ssl_st* ssl) const noexcept { ::SSL_free(ssl); }

} // namespace steward::inline v0::adapters::detail
