#include "personal/vocabulary.h"

#include <cstddef>
#include <span>
#include <vector>

// NOLINTBEGIN(readability-identifier-naming): names made by dss_embed.
extern "C" const unsigned char dss_embed_given_names[];
extern "C" const unsigned long dss_embed_given_names_size;
extern "C" const unsigned char dss_embed_surnames[];
extern "C" const unsigned long dss_embed_surnames_size;
// NOLINTEND(readability-identifier-naming)

namespace dss::personal {
namespace {

constexpr std::string_view kTitles[] = {
    "dame",   "doctor",   "dr",     "frau", "herr", "lady",      "lord",
    "madame", "maître",   "mister", "mlle", "mme",  "mr",        "mademoiselle",
    "mrs",    "monsieur", "ms",     "prof", "sir",  "professor", "professeur"};
constexpr std::string_view kParticles[] = {"al",  "ben", "bin", "da",  "dal", "de", "del", "della",
                                           "den", "der", "di",  "dos", "du",  "el", "ibn", "la",
                                           "le",  "ten", "ter", "van", "von", "zu", "zur"};
constexpr std::string_view kCues[] = {"called", "heiße",     "m'appelle", "m’appelle",
                                      "named",  "s'appelle", "s’appelle", "signed"};
constexpr std::string_view kNotPersons[] = {
    "airport", "ave",    "avenue", "bank",    "beach",  "blvd",      "boulevard", "city", "college",
    "company", "corp",   "county", "drive",   "gmbh",   "group",     "hotel",     "inc",  "island",
    "islands", "lane",   "llc",    "ltd",     "place",  "plc",       "press",     "rd",   "road",
    "school",  "square", "st",     "station", "street", "university"};
constexpr std::string_view kStreetsBehind[] = {
    "alley",    "ave",    "avenue", "blvd",   "boulevard", "circle",  "close",   "court",
    "crescent", "ct",     "dr",     "drive",  "gardens",   "highway", "hill",    "hwy",
    "lane",     "ln",     "mews",   "parade", "park",      "parkway", "pass",    "pike",
    "pkwy",     "pl",     "place",  "plaza",  "plein",     "rd",      "road",    "row",
    "sq",       "square", "st",     "straße", "street",    "ter",     "terrace", "trail",
    "u",        "út",     "utca",   "útja",   "walk",      "way"};
constexpr std::string_view kStreetsBefore[] = {
    "allée",   "allee",    "av",      "avda",      "avenida", "avenue", "bd",      "boulevard",
    "calle",   "camino",   "carrer",  "carretera", "chemin",  "corso",  "cours",   "faubourg",
    "impasse", "largo",    "passage", "paseo",     "piazza",  "place",  "plaza",   "praça",
    "quai",    "route",    "rua",     "rúa",       "rue",     "ruelle", "sentier", "square",
    "strada",  "travessa", "ul",      "ulica",     "via",     "viale",  "villa",   "voie"};
constexpr std::string_view kUnits[] = {"appartement", "appt",  "apt",  "bâtiment", "bat",
                                       "bât",         "étage", "flat", "floor",    "po",
                                       "room",        "suite", "unit"};
constexpr std::string_view kNameLabels[] = {"name", "nom", "prénom"};
constexpr std::string_view kNumberSuffixes[] = {"bis", "ter"};

constexpr std::size_t kSlots = std::size_t{1} << 15;

// FNV-1a.
std::size_t slot_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return static_cast<std::size_t>((hash ^ (hash >> 32)) & (kSlots - 1));
}

// Open addressing with linear probing; less than a third of the slots are taken.
class Table {
 public:
  Table() : slots_(kSlots) {
    add_names({reinterpret_cast<const char*>(dss_embed_given_names), dss_embed_given_names_size},
              NameUse::kGiven);
    add_names({reinterpret_cast<const char*>(dss_embed_surnames), dss_embed_surnames_size},
              NameUse::kSurname);
    add_roles(kTitles, kTitle);
    add_roles(kParticles, kParticle);
    add_roles(kCues, kCue);
    add_roles(kNotPersons, kNotPerson);
    add_roles(kStreetsBehind, kStreetBehind);
    add_roles(kStreetsBefore, kStreetBefore);
    add_roles(kUnits, kUnit);
    add_roles(kNameLabels, kNameLabel);
    add_roles(kNumberSuffixes, kNumberSuffix);
  }

  [[nodiscard]] Meaning find(std::string_view word) const { return slots_[place(word)].meaning; }

 private:
  struct Slot {
    std::string_view word;
    Meaning meaning;
  };

  [[nodiscard]] std::size_t place(std::string_view word) const {
    std::size_t slot = slot_of(word);
    while (!slots_[slot].word.empty() && slots_[slot].word != word) slot = (slot + 1) % kSlots;
    return slot;
  }

  Meaning& at(std::string_view word) {
    Slot& slot = slots_[place(word)];
    slot.word = word;
    return slot.meaning;
  }

  void add_names(std::string_view lines, NameUse use) {
    for (std::size_t begin = 0; begin < lines.size();) {
      const std::size_t end = lines.find('\n', begin);
      const std::string_view line = lines.substr(begin, end - begin);
      const bool ambiguous = line.ends_with('?');
      at(line.substr(0, line.size() - (ambiguous ? 1 : 0))).use =
          ambiguous ? NameUse::kGivenAmbiguous : use;
      begin = end + 1;
    }
  }

  void add_roles(std::span<const std::string_view> words, Role role) {
    for (const std::string_view word : words) at(word).roles |= role;
  }

  std::vector<Slot> slots_;
};

}  // namespace

Meaning meaning_of(std::string_view lower_case_word) {
  static const Table table;
  return lower_case_word.empty() ? Meaning() : table.find(lower_case_word);
}

}  // namespace dss::personal
