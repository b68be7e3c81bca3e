using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Studio.Learning;

/// <summary>A linear classifier over features.</summary>
internal sealed class Head
{
    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly IReadOnlyList<string> _classes;
    private readonly int _length;

    private Head(MLContext context, ITransformer model, IReadOnlyList<string> classes, int length) => (_context, _model, _classes, _length) = (context, model, classes, length);

    /// <summary>Learns from rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The classes, in the order that answers have.</param>
    /// <param name="steps">The steps that learn.</param>
    /// <param name="services">What stops the work.</param>
    public static Head Fit(IReadOnlyList<HeadRow> rows, IReadOnlyList<string> classes, IReadOnlyList<Pipelines.PipelineStep> steps, FeatureTransferServices services)
    {
        var (context, length) = (new MLContext(1), rows[0].Features.Length);
        return new Head(context, ChainModel.Fit(steps, View(context, rows, length), new StepBuild(context, services, null) { Seed = 1 }), classes, length);
    }

    /// <summary>The probability of each class, for each row; 0 for a class that was not learned.</summary>
    public IReadOnlyList<float[]> Answer(IEnumerable<float[]> features)
    {
        var scored = _model.Transform(View(_context, features.Select(row => new HeadRow { Features = row }), _length));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        int[] places = [.. names.DenseValues().Select(name => _classes.IndexOf(name.ToString()))];
        return [.. scored.GetColumn<float[]>("Score").Select(scores =>
        {
            var answer = new float[_classes.Count];
            for (var i = 0; i < scores.Length; i++)
                answer[places[i]] = scores[i];
            return answer;
        })];
    }

    private static IDataView View(MLContext context, IEnumerable<HeadRow> rows, int length)
    {
        var schema = SchemaDefinition.Create(typeof(HeadRow));
        schema[nameof(HeadRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}

/// <summary>A row to learn from, or to answer for.</summary>
internal sealed class HeadRow
{
    [ColumnName(DataSource.LabelColumn)]
    public string Label { get; init; } = "";

    public float[] Features { get; init; } = [];
}
