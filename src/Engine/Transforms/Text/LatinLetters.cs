namespace Microsoft.ML.Transforms.Text;

/// <summary>
/// The plain letter of each Latin letter with diacritics, by Unicode's canonical decompositions (U+00C0 to U+024F and
/// U+1E00 to U+1EFF). A table, since string normalization does nothing where .NET runs without its data of cultures.
/// </summary>
internal static class LatinLetters
{
    // Groups between spaces: the plain letter, then those that have it with marks.
    private const string Groups =
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ BḂḄḆ CÇĆĈĊČḈ DĎḊḌḎḐḒ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ FḞ GĜĞĠĢǦǴḠ HĤȞḢḤḦḨḪ IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ "
        + "JĴ KĶǨḰḲḴ LĹĻĽḶḸḺḼ MḾṀṂ NÑŃŅŇǸṄṆṈṊ OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ PṔṖ RŔŖŘȐȒṘṚṜṞ SŚŜŞŠȘṠṢṤṦṨ TŢŤȚṪṬṮṰ "
        + "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ VṼṾ WŴẀẂẄẆẈ XẊẌ YÝŶŸȲẎỲỴỶỸ ZŹŻŽẐẒẔ aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ bḃḅḇ cçćĉċčḉ "
        + "dďḋḍḏḑḓ eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ fḟ gĝğġģǧǵḡ hĥȟḣḥḧḩḫẖ iìíîïĩīĭįǐȉȋḭḯỉị jĵǰ kķǩḱḳḵ lĺļľḷḹḻḽ mḿṁṃ nñńņňǹṅṇṉṋ "
        + "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ pṕṗ rŕŗřȑȓṙṛṝṟ sśŝşšșṡṣṥṧṩ tţťțṫṭṯṱẗ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ "
        + "xẋẍ yýÿŷȳẏẙỳỵỷỹ zźżžẑẓẕ";

    private const int End = 0x1F00;

    private static readonly char[] _plain = Plain();

    /// <summary>The letter without its marks; of other scripts, where marks tell letters apart, the character itself.</summary>
    public static char WithoutMarks(char c) => c < End ? _plain[c] : c;

    private static char[] Plain()
    {
        var plain = new char[End];
        for (int c = 0; c < End; c++)
            plain[c] = (char)c;
        foreach (string group in Groups.Split(' '))
            foreach (char marked in group[1..])
                plain[marked] = group[0];
        return plain;
    }
}
