using System.Globalization;
using System.Text;

namespace Engine.Tests.Golden;

/// <summary>How many cases agree, and which do not, as text. Tests see to it that a case not listed agrees.</summary>
internal static class GoldenCoverage
{
    public static void Write(StringBuilder text)
    {
        text.Append("| group | cases | agree | differ | left out |\n| --- | ---: | ---: | ---: | ---: |\n");
        int[] sums = new int[4];
        foreach (string group in GoldenFiles.Groups)
        {
            int cases = GoldenFiles.Cases(group).Count();
            int differ = Exceptions.All.Count(e => e.Group == group && e.Kind == "differs");
            int leftOut = Exceptions.All.Count(e => e.Group == group && e.Kind == "left out");
            int[] row = [cases, cases - differ - leftOut, differ, leftOut];
            sums = [.. sums.Zip(row, (a, b) => a + b)];
            WriteRow(text, group, row);
        }
        WriteRow(text, "all", sums);
        WriteListed(text, "differs", "Cases that differ");
        WriteListed(text, "left out", "Cases left out");
    }

    private static void WriteRow(StringBuilder text, string name, int[] numbers) =>
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", numbers)} |\n");

    private static void WriteListed(StringBuilder text, string kind, string title)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n");
        foreach (var reason in Exceptions.All.Where(e => e.Kind == kind).GroupBy(e => (e.Group, e.Reason))
            .OrderBy(g => g.Key.Group, StringComparer.Ordinal).ThenBy(g => g.Key.Reason, StringComparer.Ordinal))
        {
            string ids = string.Join(", ", reason.Select(e => e.Id).Order(StringComparer.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $"- **{reason.Key.Group}**: {reason.Key.Reason} {ids}\n");
        }
    }
}
