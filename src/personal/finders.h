// One function for each way of finding. All are linear in the text, append what they find in the
// order of the text without overlaps, and keep clear of kBarrier. REQUIRES: valid UTF-8; `words` as
// read_words() reads them from `text`.
#pragma once

#include <string_view>

#include "personal/entity.h"
#include "personal/words.h"

namespace dss::personal {

/// `scheme://user:password@host/…`, and URLs whose query names a token, key, password or session.
void find_urls(std::string_view text, Entities* found);
/// The addr-spec of RFC 5322 without quoted local parts and address literals, letters of
/// internationalised addresses (RFC 6531) in the Latin, Greek and Cyrillic scripts included.
void find_emails(std::string_view text, Entities* found);
/// Dotted quads (RFC 791) and the text forms of RFC 4291; a port is no part of it.
void find_ips(std::string_view text, Entities* found);
/// ISO 13616: country, length of that country, check digits by ISO 7064 MOD 97-10.
void find_ibans(std::string_view text, Entities* found);
/// ISO/IEC 7812: 13 to 19 digits, a known issuer's first digits, Luhn's check digit.
void find_cards(std::string_view text, Entities* found);
/// INSEE's number of 13 digits (2A and 2B for Corsica) and its key, 97 − n mod 97.
void find_nirs(std::string_view text, Entities* found);
/// AAA-GG-SSSS without the areas, groups and serials that are never given out; nine bare digits
/// where a word beside them says what they are.
void find_ssns(std::string_view text, Entities* found);
/// E.164 with `+` or `00`; national forms; other groups of digits where a word beside them says
/// that they are a telephone number. An extension (`x123`) belongs to it.
void find_phones(std::string_view text, Entities* found);
/// Number and street by the words for streets in English, French, German and their neighbours, with
/// flat, postcode and town behind it; British postcodes; post office boxes.
void find_addresses(std::string_view text, const std::vector<Word>& words, Entities* found);
/// Capitalised words behind a title or a cue (`my name is`), or that begin with a known first name;
/// and known surnames standing alone.
void find_persons(std::string_view text, const std::vector<Word>& words, Entities* found);

}  // namespace dss::personal
