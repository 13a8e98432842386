// SPDX-License-Identifier: BSL-1.0
#include "sha1.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace steward::inline v0::adapters::detail {

namespace {

using state = std::array<std::uint32_t, 5>;
constexpr std::size_t block_size = 64;

// FIPS 180-4, 6.1.2; the names are those of the standard.
void take_block(state& hash, std::string_view block)
{
    std::array<std::uint32_t, 80> w{};
    for (std::size_t t = 0; t != 16; ++t)
        for (std::size_t i = 0; i != 4; ++i)
            w[t] = w[t] << 8U | static_cast<unsigned char>(block[4 * t + i]);
    for (std::size_t t = 16; t != w.size(); ++t)
        w[t] = std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    auto [a, b, c, d, e] = hash;
    for (std::size_t t = 0; t != w.size(); ++t) {
        const std::uint32_t choice = (b & c) ^ (~b & d), parity = b ^ c ^ d, majority = (b & c) ^ (b & d) ^ (c & d);
        const std::uint32_t f = t < 20   ? choice + 0x5a827999U
                                : t < 40 ? parity + 0x6ed9eba1U
                                : t < 60 ? majority + 0x8f1bbcdcU
                                         : parity + 0xca62c1d6U;
        const std::uint32_t next = std::rotl(a, 5) + f + e + w[t];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    hash = {hash[0] + a, hash[1] + b, hash[2] + c, hash[3] + d, hash[4] + e};
}

// What follows the whole blocks: the rest of the text, a one, zeros, and the number of bits.
std::string last_blocks(std::string_view text)
{
    std::string rest{text.substr(text.size() - text.size() % block_size)};
    rest += '\x80';
    rest.append((2 * block_size - 8 - rest.size()) % block_size, '\0');
    for (unsigned shift = 64; shift != 0; shift -= 8)
        rest += static_cast<char>(std::uint64_t{text.size()} * 8 >> (shift - 8) & 0xffU);
    return rest;
}

} // namespace

std::string sha1(std::string_view text)
{
    state hash{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    std::size_t at = 0;
    for (; text.size() - at >= block_size; at += block_size)
        take_block(hash, text.substr(at, block_size));
    const std::string last = last_blocks(text);
    for (at = 0; at != last.size(); at += block_size)
        take_block(hash, std::string_view{last}.substr(at, block_size));
    std::string digits;
    for (const std::uint32_t word : hash)
        for (unsigned shift = 32; shift != 0; shift -= 4)
            digits += "0123456789abcdef"[word >> (shift - 4) & 0xfU];
    return digits;
}

} // namespace steward::inline v0::adapters::detail
