using FeatureTransfer.Heads;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Heads;

/// <summary>
/// Rows of three overlapping classes that any language can make anew: numbers of the generator s = (1103515245 s + 12345) mod 2^31, divided by 2^31,
/// in the order of rows and features. Feature j of row i is 2u - 1, plus 1 where j mod 3 is the class, i mod 3.
/// </summary>
/// <remarks>
/// Figures of other implementations in these tests are scikit-learn 1.2.1's and SciPy 1.10.1's on <c>Train</c> and <c>Test</c>, made with NumPy 1.24.2 from the same formula,
/// features rounded to single precision; the call stands beside each figure.
/// </remarks>
internal static class HeadData
{
    public const int Dimension = 4;
    public const int Classes = 3;

    public static LabelledFeatures Train { get; } = Rows(60, 12345);

    public static LabelledFeatures Test { get; } = Rows(300, 99);

    public static LabelledFeatures Rows(int count, long seed)
    {
        var (values, labels) = (new float[count * Dimension], new int[count]);
        for (var row = 0; row < count; row++)
        {
            labels[row] = row % Classes;
            for (var j = 0; j < Dimension; j++)
            {
                seed = ((seed * 1103515245) + 12345) % (1L << 31);
                values[(row * Dimension) + j] = (float)((seed / (double)(1L << 31) * 2) - 1 + (j % Classes == labels[row] ? 1 : 0));
            }
        }

        return new LabelledFeatures(values, Dimension, labels, Classes);
    }

    public static List<float[]> Vectors(LabelledFeatures rows) => [.. Enumerable.Range(0, rows.Count).Select(row => rows.Row(row).ToArray())];

    /// <summary>The rows as a table, with more classes in the key than there are rows of.</summary>
    public static IDataView View(LabelledFeatures rows, params string[] names) => FeatureTable.Of(
        new HeadRows(rows, names.Length == 0 ? [0, 1, 2] : [0, 2, 3], names.Length == 0 ? ["a", "b", "c"] : names), [.. Enumerable.Range(0, rows.Count)], new FewShotOptions());

    public static LinearDecision Learn(HeadOptions options) => (LinearDecision)options.Learn(Train, default);

    public static double Accuracy(LinearDecision decision) => Enumerable.Range(0, Test.Count).Average(row => decision.Logits(Test.Row(row)) is var logits && Array.IndexOf(logits, logits.Max()) == Test.Labels[row] ? 1.0 : 0);
}
