using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Transforms;

[TestFixture]
public class ChainTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Fit_KeysConcatenationAndNormalizer_GivesTheirColumns()
    {
        var view = Rows();

        var result = Chain().Fit(view).Transform(view);

        Assert.Multiple(() =>
        {
            Assert.That(result.GetColumn<uint>("Key"), Is.EqualTo(new uint[] { 2, 1, 2 }));
            Assert.That(result.GetColumn<string>("Back"), Is.EqualTo(new[] { "b", "a", "b" }));
            Assert.That(result.GetColumn<float[]>("All"), Is.EqualTo(new[] { new float[] { 0.5f, 0.25f }, [1, -1], [0, 0.5f] }));
            Assert.That(result.Schema["All"].IsNormalized(), Is.True);
        });
    }

    [Test]
    public void Save_ThenLoad_TransformsAlike()
    {
        var view = Rows();
        var model = Chain().Fit(view);
        using var file = new MemoryStream();

        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = _ml.Model.Load(file, out var schema);

        Assert.Multiple(() =>
        {
            Assert.That(schema.Select(c => c.Name), Is.EqualTo(new[] { "A", "B", "Name" }));
            Assert.That(loaded.Transform(view).GetColumn<float[]>("All"), Is.EqualTo(model.Transform(view).GetColumn<float[]>("All")));
            Assert.That(loaded.Transform(view).GetColumn<string>("Back"), Is.EqualTo(new[] { "b", "a", "b" }));
        });
    }

    [Test]
    public void Load_NotAModel_SaysSo()
    {
        using var file = new MemoryStream([1, 2, 3]);

        Assert.That(() => _ml.Model.Load(file, out _), Throws.TypeOf<FormatException>().With.Message.Contains("not a model file"));
    }

    [Test]
    public void Predict_OneObject_EqualsTheBatch()
    {
        var engine = _ml.Model.CreatePredictionEngine<Row, Output>(Chain().Fit(Rows()));

        var first = engine.Predict(new Row { A = 2, B = 1, Name = "b" });
        var second = engine.Predict(new Row { A = 4, B = -4, Name = "a" });

        Assert.Multiple(() =>
        {
            Assert.That(first.All, Is.EqualTo(new[] { 0.5f, 0.25f }));
            Assert.That(first.Back, Is.EqualTo("b"));
            Assert.That(second.All, Is.EqualTo(new float[] { 1, -1 }));
            Assert.That(second.Back, Is.EqualTo("a"));
        });
    }

    [Test]
    public void CustomMapping_ShapeOfNothing_HasTheOutputColumns()
    {
        var definition = SchemaDefinition.Create(typeof(Made));
        definition["Vector"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 7);
        var mapping = _ml.Transforms.CustomMapping<Nothing, Made>((_, _) => { }, null, outputSchemaDefinition: definition);

        var shape = mapping.GetOutputSchema(new SchemaShape([]));

        Assert.Multiple(() =>
        {
            Assert.That(shape.Single().Name, Is.EqualTo("Vector"));
            Assert.That(shape.Single().Kind, Is.EqualTo(SchemaShape.Column.VectorKind.Vector));
            Assert.That(shape.Single().ItemType, Is.EqualTo(NumberDataViewType.Single));
        });
    }

    private IDataView Rows() => _ml.Data.LoadFromEnumerable(new[]
    {
        new Row { A = 2, B = 1, Name = "b" }, new Row { A = 4, B = -4, Name = "a" }, new Row { A = 0, B = 2, Name = "b" },
    });

    private EstimatorChain<Microsoft.ML.Transforms.KeyToValueMappingTransformer> Chain() => _ml.Transforms.Concatenate("All", "A", "B")
        .Append(_ml.Transforms.NormalizeMinMax("All"))
        .Append(_ml.Transforms.Conversion.MapValueToKey(
            "Key", "Name", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
        .Append(_ml.Transforms.Conversion.MapKeyToValue("Back", "Key"));

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Output
    {
        public float[] All { get; set; } = [];

        public string Back { get; set; } = "";
    }

    private sealed class Nothing;

    private sealed class Made
    {
        public float[] Vector { get; set; } = [];
    }
}
