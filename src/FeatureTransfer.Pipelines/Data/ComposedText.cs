using System.Text;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>
/// Puts letters and the marks behind them together, as Unicode's form C has it, for Latin, Greek, Cyrillic, kana and Hangul. The runtime's own
/// does so only where it has ICU, and names of files from macOS come apart.
/// </summary>
internal static class ComposedText
{
    private const int Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7, Syllables = 0xAC00, LeadCount = 19, VowelCount = 21, TailCount = 28;

    // A mark, the letters that take it, and what they become.
    private static readonly string[][] _table =
    [
        ["\u0300", "AEIOUaeiouÜüNnĒēŌōWwÂâĂăÊêÔôƠơƯưYyЕИеи", "ÀÈÌÒÙàèìòùǛǜǸǹḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳЀЍѐѝ"],
        ["\u0301", "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØøÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯưГКгкΑΕΗΙΟΥΩϊαεηιϋουω", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứЃЌѓќΆΈΉΊΌΎΏΐάέήίΰόύώ"],
        ["\u0302", "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"],
        ["\u0303", "ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy", "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"],
        ["\u0304", "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyGgḶḷṚṛ", "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳḠḡḸḹṜṝ"],
        ["\u0306", "AaEeGgIiOoUuȨȩẠạУИиу", "ĂăĔĕĞğĬĭŎŏŬŭḜḝẶặЎЙйў"],
        ["\u0307", "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ", "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ"],
        ["\u0308", "AEIOUaeiouyYHhÕõŪūWwXxtЕІеіΙΥιυ", "ÄËÏÖÜäëïöüÿŸḦḧṎṏṺṻẄẅẌẍẗЁЇёїΪΫϊϋ"],
        ["\u0309", "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"],
        ["\u030A", "AaUuwy", "ÅåŮůẘẙ"],
        ["\u030B", "OoUu", "ŐőŰű"],
        ["\u030C", "CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"],
        ["\u030F", "AaEeIiOoRrUuѴѵ", "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"],
        ["\u0311", "AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"],
        ["\u031B", "OoUu", "ƠơƯư"],
        ["\u0323", "BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy", "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ"],
        ["\u0324", "Uu", "Ṳṳ"],
        ["\u0325", "Aa", "Ḁḁ"],
        ["\u0326", "SsTt", "ȘșȚț"],
        ["\u0327", "CcGgKkLlNnRrSsTtEeDdHh", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"],
        ["\u0328", "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"],
        ["\u032D", "DdEeLlNnTtUu", "ḒḓḘḙḼḽṊṋṰṱṶṷ"],
        ["\u032E", "Hh", "Ḫḫ"],
        ["\u0330", "EeIiUu", "ḚḛḬḭṴṵ"],
        ["\u0331", "BbDdKkLlNnRrTtZzh", "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"],
        ["\u3099", "かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲヽ", "がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺヾ"],
        ["\u309A", "はひふへほハヒフヘホ", "ぱぴぷぺぽパピプペポ"],
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> _composed = _table
        .SelectMany(row => row[1].Zip(row[2], (letter, whole) => (Key: (letter, row[0][0]), whole)))
        .ToDictionary(pair => pair.Key, pair => pair.whole);

    /// <summary>The text with what belongs together in one character.</summary>
    public static string Of(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (composed.Length > 0 && Pair(composed[^1], letter) is { } whole)
                composed[^1] = whole;
            else
                composed.Append(letter);
        }

        return composed.ToString();
    }

    private static char? Pair(char first, char second)
    {
        if (_composed.TryGetValue((first, second), out var whole))
            return whole;
        if (first - Leads is >= 0 and < LeadCount && second - Vowels is >= 0 and < VowelCount)
            return (char)(Syllables + ((((first - Leads) * VowelCount) + (second - Vowels)) * TailCount));
        return first - Syllables is >= 0 and < LeadCount * VowelCount * TailCount && (first - Syllables) % TailCount == 0 && second - Tails is > 0 and < TailCount
            ? (char)(first + (second - Tails))
            : null;
    }
}
