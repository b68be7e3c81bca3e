using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden.Code;

/// <summary>Rows taken, skipped, filtered, shuffled, cached, drawn and shown.</summary>
[TestFixture]
public class DataOperationsTests() : CodeCases("data-operations")
{
    [TestCase("take")]
    public void TakeRows_OfAView_GivesTheFirst(string id) =>
        Agree(id, ml => new { ids = Ids(ml.Data.TakeRows(D8(ml), 3)), tooMany = Ids(ml.Data.TakeRows(D8(ml), 999)).Length });

    [TestCase("take-zero", 0)]
    [TestCase("take-negative", -1)]
    public void TakeRows_NoRows_Fails(string id, int count) => Agree(id, ml => Ids(ml.Data.TakeRows(D8(ml), count)));

    [TestCase("skip")]
    public void SkipRows_OfAView_GivesTheRest(string id) =>
        Agree(id, ml => new { ids = Ids(ml.Data.SkipRows(D8(ml), 197)), tooMany = Ids(ml.Data.SkipRows(D8(ml), 999)).Length });

    [TestCase("skip-zero", 0)]
    [TestCase("skip-negative", -1)]
    public void SkipRows_NoRows_Fails(string id, int count) => Agree(id, ml => Ids(ml.Data.SkipRows(D8(ml), count)).Length);

    [TestCase("skip-take-row-count")]
    public void GetRowCount_OfOperations_IsKnownWhereItCanBe(string id) => Agree(id, ml =>
    {
        var view = Labels(ml, 10);
        return new
        {
            all = view.GetRowCount(),
            take = ml.Data.TakeRows(view, 4).GetRowCount(),
            skip = ml.Data.SkipRows(view, 4).GetRowCount(),
            filter = ml.Data.FilterRowsByColumn(view, "Label", 2).GetRowCount(),
            shuffle = ml.Data.ShuffleRows(view).GetRowCount(),
            cache = ml.Data.Cache(view).GetRowCount(),
        };
    });

    [TestCase("cache")]
    public void Cache_ColumnsReadTwice_ReadsTheSourceOnceForEach(string id) => Agree(id, ml =>
    {
        int n = 0;
        var cached = ml.Data.Cache(Counted(ml, () => n++));
        _ = cached.GetColumn<float>("Label").ToArray();
        int once = n;
        _ = cached.GetColumn<float>("Label").ToArray();
        int twice = n;
        _ = cached.GetColumn<float>("Score").ToArray();
        return new { once, twice, afterOtherColumn = n, rows = cached.GetRowCount() };
    });

    [TestCase("cache-prefetch")]
    public void Cache_ColumnsNamed_ReadsTheSourceOnce(string id) => Agree(id, ml =>
    {
        int n = 0;
        var cached = ml.Data.Cache(Counted(ml, () => n++), "Label", "Score");
        var values = cached.GetColumn<float>("Label").ToArray();
        _ = cached.GetColumn<float>("Score").ToArray();
        return new { reads = n, values };
    });

    [TestCase("cache-missing-column")]
    public void Cache_NoSuchColumn_Fails(string id) => Agree(id, ml => ml.Data.Cache(D8(ml), "Nope").Schema.Count);

    [TestCase("append-cache-checkpoint")]
    public void AppendCacheCheckpoint_InAChain_ChangesNoColumns(string id) => Agree(id, ml =>
    {
        var view = D8(ml);
        var chain = ml.Transforms.NormalizeMinMax("Value").AppendCacheCheckpoint(ml).Append(ml.Transforms.CopyColumns("V2", "Value"));
        return chain.Fit(view).Transform(view).Schema.Select(c => c.Name + (c.IsHidden ? " (hidden)" : ""));
    });

    [TestCase("shuffle-seeded")]
    public void ShuffleRows_OneSeed_GivesOneOrder(string id) => Agree(id, ml =>
    {
        var a = Ids(ml.Data.ShuffleRows(D8(ml), seed: 3));
        var b = Ids(ml.Data.ShuffleRows(D8(ml), seed: 3));
        var all = Enumerable.Range(0, 200);
        return new { sameSet = a.Order().SequenceEqual(all), sameOrderAsOriginal = a.SequenceEqual(all), repeatable = a.SequenceEqual(b) };
    });

    [TestCase("shuffle-other-seed-differs")]
    public void ShuffleRows_TwoSeeds_GivesTwoOrders(string id) =>
        Agree(id, ml => !Ids(ml.Data.ShuffleRows(D8(ml), seed: 3)).SequenceEqual(Ids(ml.Data.ShuffleRows(D8(ml), seed: 4))));

    [TestCase("shuffle-twice-read")]
    public void ShuffleRows_ReadTwice_GivesOneOrder(string id) => Agree(id, ml =>
    {
        var shuffled = ml.Data.ShuffleRows(D8(ml), seed: 3);
        return Ids(shuffled).SequenceEqual(Ids(shuffled));
    });

    [TestCase("shuffle-pool-1")]
    public void ShuffleRows_PoolOfOne_KeepsTheOrder(string id) =>
        Agree(id, ml => ml.Data.ShuffleRows(Labels(ml, 20), seed: 3, shufflePoolSize: 1, shuffleSource: false).GetColumn<float>("Label"));

    [TestCase("bootstrap")]
    public void BootstrapSample_SomeSeeds_DrawsAsOften(string id) => Agree(id, ml => Enumerable.Range(1, 8).Select(seed =>
    {
        var drawn = Ids(ml.Data.BootstrapSample(D8(ml), seed: seed));
        return new { seed, size = drawn.Length, distinct = drawn.Distinct().Count(), most = drawn.GroupBy(x => x).Max(x => x.Count()) };
    }).ToArray());

    [TestCase("bootstrap-complement")]
    public void BootstrapSample_Complement_GivesTheRowsNotDrawn(string id) => Agree(id, ml =>
    {
        var a = Ids(ml.Data.BootstrapSample(D8(ml), seed: 1));
        var b = Ids(ml.Data.BootstrapSample(D8(ml), seed: 1, complement: true));
        return new { size = b.Length, disjoint = !a.Intersect(b).Any(), covers = a.Union(b).Count() };
    });

    [TestCase("preview")]
    public void Preview_SomeRows_ShowsThemByRowAndByColumn(string id) => Agree(id, ml =>
    {
        var preview = D8(ml).Preview(3);
        return new
        {
            rows = preview.RowView.Length,
            columns = preview.ColumnView.Length,
            firstRow = preview.RowView[0].Values.Select(x => x.Key + "=" + x.Value),
            columnName = preview.ColumnView[1].Column.Name,
            columnValues = preview.ColumnView[1].Values.Select(x => x.ToString()),
            text = preview.ToString(),
        };
    });

    [TestCase("preview-default")]
    public void Preview_NoNumber_ShowsAHundredRows(string id) => Agree(id, ml => D8(ml).Preview().RowView.Length);

    [TestCase("preview-vector-value")]
    public void Preview_Vectors_ShowsBuffers(string id) =>
        Agree(id, ml => Load("Odd", ml).Preview(1).RowView[0].Values.Select(x => x.Key + ":" + (x.Value?.GetType().Name ?? "null")));

    [TestCase("preview-zero")]
    public void Preview_NoRows_ShowsNone(string id) => Agree(id, ml => D8(ml).Preview(0).RowView.Length);

    private static IDataView D8(MLContext ml) => Load("D8", ml);

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    private static IDataView Labels(MLContext ml, int count) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new RegressionScore { Label = i }).ToArray());

    private static IDataView Counted(MLContext ml, Action count) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i =>
    {
        count();
        return new RegressionScore { Label = i, Score = -i };
    }));
}
