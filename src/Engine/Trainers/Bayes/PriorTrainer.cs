using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Gives every row the share of the positive class: what any model has to beat.</summary>
public sealed class PriorTrainer : ITrainerEstimator<BinaryPredictionTransformer<PriorModelParameters>, PriorModelParameters>, ILabelled
{
    private readonly TrainerInfo _info = new(needNormalization: false, wantCaching: false);
    private readonly TrainerColumns _columns;

    internal PriorTrainer(string labelColumnName, string? exampleWeightColumnName)
    {
        _columns = new(default, TrainerColumns.BooleanLabel(labelColumnName), TrainerColumns.Weights(exampleWeightColumnName));
    }

    public TrainerInfo Info => _info;

    string ILabelled.LabelName => _columns.Label.Name;

    public BinaryPredictionTransformer<PriorModelParameters> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Verify(SchemaShape.Create(input.Schema));
        return new(new PriorModelParameters(PositiveShare(input)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Verify(inputSchema);
        return inputSchema.With(OutputShapes.Binary(calibrated: true));
    }

    private float PositiveShare(IDataView data)
    {
        var label = data.Schema[_columns.Label.Name];
        DataViewSchema.Column? weight = _columns.Weight.IsValid ? data.Schema[_columns.Weight.Name] : null;
        using var cursor = Batches.Open(data, weight is { } w ? [label, w] : [label]);
        var isPositive = NumberReader.Create(cursor.Column(label.Index), label.Type);
        var readWeight = weight is { } v ? NumberReader.Create(cursor.Column(v.Index), v.Type) : _ => 1;
        double positive = 0;
        double all = 0;
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                float rowWeight = readWeight(i);
                if (!float.IsFinite(rowWeight))
                    continue;
                all += rowWeight;
                positive += isPositive(i) * rowWeight;
            }
        }
        if (!(all > 0))
            throw new InvalidOperationException("There are no rows, or none with a weight: the share of the positive class is not known.");
        return (float)(positive / all);
    }
}
