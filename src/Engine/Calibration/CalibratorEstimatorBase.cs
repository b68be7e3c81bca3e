using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Calibrators;

/// <summary>Base of the estimators that learn how to turn scores into probabilities.</summary>
public abstract class CalibratorEstimatorBase<TICalibrator> : IEstimator<CalibratorTransformer<TICalibrator>>
    where TICalibrator : class, ICalibrator
{
    private readonly TrainerColumns _columns;

    private protected CalibratorEstimatorBase(string? labelColumnName, string scoreColumnName, string? exampleWeightColumnName)
    {
        Check.Name(scoreColumnName);
        LabelName = labelColumnName;
        ScoreName = scoreColumnName;
        WeightName = exampleWeightColumnName;
        _columns = new(
            default,
            labelColumnName is null ? default : TrainerColumns.BooleanLabel(labelColumnName),
            TrainerColumns.Weights(exampleWeightColumnName));
    }

    private protected string? LabelName { get; }

    private protected string ScoreName { get; }

    private protected string? WeightName { get; }

    public CalibratorTransformer<TICalibrator> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = SchemaShape.Create(input.Schema);
        Verify(shape);
        return Learn(input);
    }

    SchemaShape IEstimator<CalibratorTransformer<TICalibrator>>.GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var score = Verify(inputSchema);
        var kept = score.Annotations.Only(ScoreAnnotations.Kinds).Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        return inputSchema.With(new SchemaShape.Column(DefaultColumns.Probability, VectorKind.Scalar, NumberDataViewType.Single, false, kept));
    }

    private protected abstract CalibratorTransformer<TICalibrator> Learn(IDataView data);

    private protected CalibrationRows Read(IDataView data) => CalibrationRows.Read(data, LabelName!, ScoreName, WeightName);

    private SchemaShape.Column Verify(SchemaShape input)
    {
        var score = input.Find(ScoreName, "score");
        if (score.Kind != VectorKind.Scalar || !score.ItemType.Equals(NumberDataViewType.Single))
            throw Check.Mismatch("score", ScoreName, "Single", score.TypeText());
        _columns.Verify(input);
        return score;
    }
}
