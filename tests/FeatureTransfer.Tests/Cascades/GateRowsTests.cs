using FeatureTransfer.Cascades;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A gate's rows, read by a cursor and by a prediction engine.</summary>
public class GateRowsTests
{
    private readonly MLContext _ml = new(1);
    private readonly CountedModel _cheap = new(TwoFeatures.Model("Rough"));
    private readonly IDataView _rows = TwoFeatures.View(TwoFeatures.Rows(60));
    private GateTransformer _gate = null!;

    [OneTimeSetUp]
    public void Fit() => _gate = new GateEstimator(_cheap, TwoFeatures.Model("Fine")).Fit(_rows);

    [OneTimeTearDown]
    public void Free() => _gate.Dispose();

    [Test]
    public void PredictionEngine_AllColumns_AskTheCheapModelOnceARow()
    {
        var answers = _ml.Data.CreateEnumerable<GatedRow>(_gate.Transform(_rows), reuseRowObject: false).ToList();
        using var engine = _ml.Model.CreatePredictionEngine<TwoFeatureRow, GatedRow>(_gate);
        _cheap.Rows = 0;
        var rows = TwoFeatures.Rows(60).Take(5).Select(engine.Predict).ToList();
        Assert.That(_cheap.Rows, Is.EqualTo(5));
        Assert.That(rows.Select(row => (row.PredictedLabel, row.Costly, row.Asked, row.Group)), Is.EqualTo(answers.Take(5).Select(row => (row.PredictedLabel, row.Costly, row.Asked, row.Group))));
    }

    [Test]
    public void GetRowCursor_SomeColumns_GivesThoseAndWhatTheGateAdds()
    {
        var view = _gate.Transform(_rows);
        var schema = view.Schema;
        using var cursor = view.GetRowCursor([schema["Group"], schema["PredictedLabel"]]);
        Assert.That(cursor.Position, Is.EqualTo(-1));
        Assert.That((cursor.IsColumnActive(schema["Group"]), cursor.IsColumnActive(schema["Label"]), cursor.IsColumnActive(schema["Asked"])), Is.EqualTo((true, false, true)));
        Assert.That(() => cursor.GetGetter<uint>(schema["Label"]), Throws.InvalidOperationException.With.Message.Contains("'Label' is not active"));
        var (read, id, group) = (cursor.GetGetter<ReadOnlyMemory<char>>(schema["Group"]), cursor.GetIdGetter(), default(ReadOnlyMemory<char>));
        for (var row = 0; row < 60; row++)
        {
            Assert.That(cursor.MoveNext(), Is.True);
            var rowId = default(DataViewRowId);
            read(ref group);
            id(ref rowId);
            Assert.That((cursor.Position, rowId.Low, group.ToString()), Is.EqualTo((row, (ulong)row, $"group {row / 2}")));
        }

        Assert.That(cursor.MoveNext(), Is.False);
    }

    [Test]
    public void GetOutputSchema_ColumnOfTheCheapModelIsMissing_IsRefused()
    {
        var fine = _ml.Transforms.DropColumns("Rough").Fit(_rows).Transform(_rows);
        Assert.That(() => _gate.GetOutputSchema(fine.Schema), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Rough"));
    }
}
