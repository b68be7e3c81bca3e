using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Views split in two, or into folds.</summary>
[TestFixture]
public class DataSplitTests() : CodeCases("data-operations")
{
    [TestCase("train-test-split-default", 0.1)]
    [TestCase("train-test-split-0.1", 0.1)]
    [TestCase("train-test-split-0.3", 0.3)]
    [TestCase("train-test-split-0.5", 0.5)]
    public void TrainTestSplit_Seed_PutsTheSameRowsAside(string id, double fraction) =>
        Agree(id, ml => Facts(ml.Data.TrainTestSplit(Load("D8", ml), fraction, seed: 5)));

    [TestCase("train-test-split-by-group", "Group")]
    [TestCase("train-test-split-by-groupnumber", "GroupNumber")]
    public void TrainTestSplit_GroupColumn_KeepsGroupsTogether(string id, string key) =>
        Agree(id, ml => Facts(ml.Data.TrainTestSplit(Load("D8", ml), testFraction: 0.3, samplingKeyColumnName: key, seed: 5)));

    [TestCase("train-test-split-by-key-column")]
    public void TrainTestSplit_KeyColumn_KeepsGroupsTogether(string id) => Agree(id, ml =>
    {
        var view = Load("D8", ml);
        view = ml.Transforms.Conversion.MapValueToKey("K", "Group").Fit(view).Transform(view);
        return Facts(ml.Data.TrainTestSplit(view, testFraction: 0.3, samplingKeyColumnName: "K", seed: 5));
    });

    // The context draws its seeds otherwise than ML.NET's: the sizes and that no row is on both sides can agree.
    [TestCase("train-test-split-seed-from-context")]
    public void TrainTestSplit_NoSeed_SplitsByTheContextsSeed(string id) => Agree(id, (ml, expected) =>
    {
        var facts = Facts(ml.Data.TrainTestSplit(Load("D8", ml), testFraction: 0.3));
        var again = Facts(new MLContext(1).Data.TrainTestSplit(Load("D8", ml), testFraction: 0.3));
        return Wrong(facts, again, expected);
    });

    [TestCase("train-test-split-fraction-0", 0)]
    [TestCase("train-test-split-fraction-1", 1)]
    [TestCase("train-test-split-fraction--0.5", -0.5)]
    [TestCase("train-test-split-fraction-1.5", 1.5)]
    public void TrainTestSplit_FractionOutOfRange_Fails(string id, double fraction) => Agree(id, ml =>
    {
        var split = ml.Data.TrainTestSplit(Load("D8", ml), testFraction: fraction);
        return new { train = Ids(split.TrainSet).Length, test = Ids(split.TestSet).Length };
    });

    [TestCase("train-test-split-missing-key")]
    public void TrainTestSplit_NoSuchColumn_Fails(string id) =>
        Agree(id, ml => Ids(ml.Data.TrainTestSplit(Load("D8", ml), samplingKeyColumnName: "Nope").TestSet).Length);

    [TestCase("cross-validation-split-2", 2)]
    [TestCase("cross-validation-split-5", 5)]
    public void CrossValidationSplit_Seed_GivesTheSameFolds(string id, int folds) =>
        Agree(id, ml => ml.Data.CrossValidationSplit(Load("D8", ml), numberOfFolds: folds, seed: 5).Select(Facts).ToArray());

    [TestCase("cross-validation-split-by-group")]
    public void CrossValidationSplit_GroupColumn_KeepsGroupsTogether(string id) => Agree(
        id, ml => ml.Data.CrossValidationSplit(Load("D8", ml), numberOfFolds: 4, samplingKeyColumnName: "Group", seed: 5).Select(Facts).ToArray());

    [TestCase("cross-validation-split-1", 1)]
    [TestCase("cross-validation-split-0", 0)]
    public void CrossValidationSplit_TooFewFolds_Fails(string id, int folds) =>
        Agree(id, ml => ml.Data.CrossValidationSplit(Load("D8", ml), numberOfFolds: folds).Count);

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    private static string[] Groups(IDataView view) => [.. view.GetColumn<string>("Group")];

    private static SplitFacts Facts(DataOperationsCatalog.TrainTestData split)
    {
        var (train, test) = (Ids(split.TrainSet), Ids(split.TestSet));
        return new(
            train.Length,
            test.Length,
            !train.Intersect(test).Any(),
            train.Union(test).Count(),
            Groups(split.TrainSet).Intersect(Groups(split.TestSet)).Count(),
            Groups(split.TestSet).Distinct().Count(),
            [.. test.Take(30)],
            train.SequenceEqual(train.Order()),
            [.. split.TrainSet.Schema.Where(c => !c.IsHidden).Select(c => c.Name)]);
    }

    private static IEnumerable<string> Wrong(SplitFacts facts, SplitFacts again, JsonElement expected)
    {
        if (facts.train + facts.test != expected.GetProperty("train").GetInt32() + expected.GetProperty("test").GetInt32())
            yield return $"{facts.train} and {facts.test} rows";
        if (facts.disjoint != expected.GetProperty("disjoint").GetBoolean() || facts.covers != expected.GetProperty("covers").GetInt32())
            yield return $"disjoint: {facts.disjoint}, {facts.covers} ids";
        if (Math.Abs(facts.test - expected.GetProperty("test").GetInt32()) > 25)
            yield return $"{facts.test} rows are far from what was asked for";
        if (!facts.testIds.SequenceEqual(again.testIds))
            yield return "Two contexts of one seed split otherwise.";
    }

    /// <summary>What the golden files tell of a split.</summary>
#pragma warning disable SA1300, IDE1006 // Named as in the golden files.
    private sealed record SplitFacts(
        int train, int test, bool disjoint, int covers, int groupsInBoth, int groupsInTest, int[] testIds, bool trainKeepsOrder, string[] columns);
#pragma warning restore SA1300, IDE1006
}
