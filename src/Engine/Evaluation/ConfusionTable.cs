using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text. Names that are too long for the columns are numbered there.</summary>
internal sealed class ConfusionTable
{
    private const int MinRowWidth = 9;

    private readonly ConfusionMatrix _matrix;
    private readonly bool _isBinary;
    private readonly int _width;
    private readonly string[] _columns;
    private readonly string[] _rows;

    public ConfusionTable(ConfusionMatrix matrix, string[] names, bool isBinary)
    {
        _matrix = matrix;
        _isBinary = isBinary;
        _width = names.Length == 2 ? 8 : 5;
        bool fits = names.All(n => n.Length <= _width);
        int digits = (names.Length - 1).ToString(CultureInfo.InvariantCulture).Length;
        _columns = fits ? names : [.. names.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))];
        _rows = fits ? names : [.. names.Select((n, i) => string.Create(CultureInfo.InvariantCulture, $"{i}. ").PadLeft(digits + 2) + n)];
        int rowWidth = Math.Max(MinRowWidth, _rows.Max(r => r.Length));
        _rows = [.. _rows.Select(r => r.PadLeft(rowWidth))];
    }

    public override string ToString()
    {
        var text = new StringBuilder(_isBinary ? PositiveRatio() : "").Append('\n').Append("Confusion table\n");
        int rowWidth = _rows[0].Length;
        string rule = new string(' ', rowWidth + 1) + "||" + new string('=', _columns.Length * (_width + 3)) + "\n";
        text.Append(rule).Append("PREDICTED".PadLeft(rowWidth)).Append(" ||");
        foreach (string column in _columns)
            text.Append(column.PadLeft(_width + 1)).Append(" |");
        text.Append(" Recall\n").Append("TRUTH".PadRight(rowWidth)).Append(rule.AsSpan(rowWidth));
        for (int k = 0; k < _rows.Length; k++)
            AppendRow(text, k);
        text.Append(rule).Append("Precision".PadLeft(rowWidth)).Append(" ||");
        foreach (double precision in _matrix.PerClassPrecision)
            text.Append(Share(precision).PadLeft(_width + 1)).Append(" |");
        return text.Append('\n').ToString();
    }

    private void AppendRow(StringBuilder text, int k)
    {
        text.Append(_rows[k]).Append(" ||");
        foreach (double count in _matrix.Counts[k])
            text.Append(count.ToString("0.####", CultureInfo.InvariantCulture).PadLeft(_width + 1)).Append(" |");
        text.Append(' ').Append(Share(_matrix.PerClassRecall[k])).Append('\n');
    }

    private string PositiveRatio()
    {
        double positive = _matrix.Counts[0].Sum();
        double negative = _matrix.Counts[1].Sum();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"TEST POSITIVE RATIO:\t{positive / (positive + negative):F4} ({positive:F1}/({positive:F1}+{negative:F1}))");
    }

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
