using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden.Code;

/// <summary>Rows kept by their values.</summary>
[TestFixture]
public class DataFilterTests() : CodeCases("data-operations")
{
    [TestCase("filter-by-column")]
    public void FilterRowsByColumn_Range_KeepsTheRowsInIt(string id) =>
        Agree(id, ml => Ids(ml.Data.FilterRowsByColumn(D8(ml), "Value", lowerBound: 0.5, upperBound: 1)));

    [TestCase("filter-bounds-inclusive")]
    public void FilterRowsByColumn_Bounds_LowerIsInUpperIsOut(string id) => Agree(id, ml =>
    {
        float[] values = [1, 2, 3, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        var view = ml.Data.LoadFromEnumerable(values.Select(x => new RegressionScore { Label = x }).ToArray());
        return new
        {
            oneToThree = ml.Data.FilterRowsByColumn(view, "Label", 1, 3).GetColumn<float>("Label"),
            defaults = ml.Data.FilterRowsByColumn(view, "Label").GetColumn<float>("Label"),
            lowerOnly = ml.Data.FilterRowsByColumn(view, "Label", 2).GetColumn<float>("Label"),
            upperOnly = ml.Data.FilterRowsByColumn(view, "Label", upperBound: 2).GetColumn<float>("Label"),
        };
    });

    [TestCase("filter-by-double-column")]
    public void FilterRowsByColumn_Doubles_KeepsTheRowsInRange(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByColumn(Load("Odd", ml), "D", 0, 50).GetColumn<double>("D"));

    [TestCase("filter-by-int-column", "Id", 5, 8)]
    [TestCase("filter-by-text-column", "Group", 5, 8)]
    [TestCase("filter-lower-above-upper", "Value", 2, 1)]
    [TestCase("filter-missing-column", "Nope", 2, 3)]
    public void FilterRowsByColumn_WrongColumnOrRange_Fails(string id, string column, double lower, double upper) =>
        Agree(id, ml => Ids(ml.Data.FilterRowsByColumn(D8(ml), column, lower, upper)));

    [TestCase("filter-by-key-column")]
    public void FilterRowsByColumn_Keys_Fails(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByColumn(Load("C", ml), "Key", 0, 0.5).GetColumn<uint>("Key"));

    [TestCase("filter-by-vector-column")]
    public void FilterRowsByColumn_Vectors_Fails(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByColumn(Load("Odd", ml), "V", 0, 50).GetColumn<float>("A"));

    [TestCase("filter-by-missing-values")]
    public void FilterRowsByMissingValues_Numbers_DropsRowsWithNaN(string id) => Agree(id, ml => new
    {
        byA = ml.Data.FilterRowsByMissingValues(Load("Odd", ml), "A").GetColumn<float>("A"),
        byV = ml.Data.FilterRowsByMissingValues(Load("Odd", ml), "V").GetColumn<float>("A"),
        byBoth = ml.Data.FilterRowsByMissingValues(Load("Odd", ml), "V", "A").GetColumn<float>("A"),
        byD = ml.Data.FilterRowsByMissingValues(Load("Odd", ml), "D").GetColumn<float>("A"),
    });

    [TestCase("filter-by-missing-text")]
    public void FilterRowsByMissingValues_Text_Fails(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByMissingValues(Load("C", ml), "Cat").GetColumn<string>("Cat"));

    [TestCase("filter-by-missing-key")]
    public void FilterRowsByMissingValues_Keys_DropsRowsWithNone(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByMissingValues(Load("C", ml), "Key").GetColumn<uint>("Key"));

    [TestCase("filter-by-missing-none")]
    public void FilterRowsByMissingValues_NoColumn_Fails(string id) =>
        Agree(id, ml => ml.Data.FilterRowsByMissingValues(Load("Odd", ml)).GetColumn<float>("A"));

    [TestCase("filter-by-key-fraction")]
    public void FilterRowsByKeyColumnFraction_Ranges_KeepsThatPartOfTheKeys(string id) => Agree(id, ml =>
    {
        var view = D8(ml);
        var keys = ml.Transforms.Conversion.MapValueToKey("K", "Group", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
        (double Lower, double Upper)[] ranges = [(0.0, 0.5), (0.5, 1.0), (0.0, 1.0), (0.2, 0.3), (0.0, 0.0)];
        return ranges.Select(r => new
        {
            lower = r.Lower,
            upper = r.Upper,
            groups = Groups(ml.Data.FilterRowsByKeyColumnFraction(keys, "K", r.Lower, r.Upper)),
        }).ToArray();
    });

    [TestCase("filter-by-key-fraction-hash")]
    public void FilterRowsByKeyColumnFraction_Hashes_KeepsThatPartOfTheKeys(string id) => Agree(id, ml =>
    {
        var view = D8(ml);
        var keys = ml.Transforms.Conversion.Hash("K", "Group", 20).Fit(view).Transform(view);
        return Groups(ml.Data.FilterRowsByKeyColumnFraction(keys, "K", 0, 0.5));
    });

    [TestCase("filter-by-key-fraction-not-key")]
    public void FilterRowsByKeyColumnFraction_Text_Fails(string id) =>
        Agree(id, ml => Ids(ml.Data.FilterRowsByKeyColumnFraction(D8(ml), "Group", 0, 0.5)));

    [TestCase("filter-by-predicate-keeps-false")]
    public void FilterByCustomPredicate_True_DropsTheRow(string id) =>
        Agree(id, ml => ml.Data.FilterByCustomPredicate<RegressionScore>(Labels(ml), r => r.Label > 3).GetColumn<float>("Label"));

    [TestCase("filter-by-stateful-predicate")]
    public void FilterByStatefulCustomPredicate_ReadTwice_StartsAnew(string id) => Agree(id, ml =>
    {
        var filtered = ml.Data.FilterByStatefulCustomPredicate<RegressionScore, State>(Labels(ml), (_, s) => s.N++ % 2 == 0, s => s.N = 0);
        return new { first = filtered.GetColumn<float>("Label").ToArray(), second = filtered.GetColumn<float>("Label").ToArray() };
    });

    private static IDataView D8(MLContext ml) => Load("D8", ml);

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    private static string[] Groups(IDataView view) => [.. view.GetColumn<string>("Group").Distinct().Order(StringComparer.Ordinal)];

    private static IDataView Labels(MLContext ml) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(i => new RegressionScore { Label = i }).ToArray());

    private sealed class State
    {
        public int N { get; set; }
    }
}
