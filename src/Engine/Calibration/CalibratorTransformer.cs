using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Calibrators;

/// <summary>Adds the probability that a score stands for.</summary>
public abstract class CalibratorTransformer<TICalibrator> : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<TICalibrator>
    where TICalibrator : class, ICalibrator
{
    private readonly TICalibrator _calibrator;
    private readonly string _scoreName;
    private readonly string _kind;

    private protected CalibratorTransformer(TICalibrator calibrator, string scoreColumnName, string kind)
    {
        _calibrator = calibrator;
        _scoreName = scoreColumnName;
        _kind = kind;
    }

    string ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnName => _scoreName;

    DataViewType ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnType => NumberDataViewType.Single;

    TICalibrator IPredictionTransformer<TICalibrator>.Model => _calibrator;

    internal override IReadOnlyList<MapStep> Bind(DataViewSchema input)
    {
        var score = Check.Column(input, _scoreName, "score");
        if (!score.Type.Equals(NumberDataViewType.Single))
            throw Check.Mismatch("score", _scoreName, "Single", score.Type.ToString()!);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(score.Annotations, ScoreAnnotations.Kinds.Contains);
        annotations.AddNormalized();
        return [MapStep.Map(
            score, DefaultColumns.Probability, NumberDataViewType.Single, annotations.ToAnnotations(),
            (in float value, ref float probability) => probability = _calibrator.PredictProbability(value))];
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(_kind, 1);
        ctx.Writer.Write(_scoreName);
        CalibratorFormat.Save(ctx, _calibrator);
    }

    private protected static (string Score, TICalibrator Calibrator) Read(ModelLoadContext ctx, string kind)
    {
        ctx.CheckVersion(kind, 1);
        return (ctx.Reader.ReadString(), ctx.Load<TICalibrator>());
    }
}

/// <inheritdoc cref="PlattCalibratorEstimator"/>
public sealed class PlattCalibratorTransformer : CalibratorTransformer<PlattCalibrator>
{
    internal const string Kind = "platt";

    internal PlattCalibratorTransformer(PlattCalibrator calibrator, string scoreColumnName)
        : base(calibrator, scoreColumnName, Kind)
    {
    }

    internal static PlattCalibratorTransformer Load(ModelLoadContext ctx)
    {
        var (score, calibrator) = Read(ctx, Kind);
        return new(calibrator, score);
    }
}

/// <inheritdoc cref="IsotonicCalibratorEstimator"/>
public sealed class IsotonicCalibratorTransformer : CalibratorTransformer<IsotonicCalibrator>
{
    internal const string Kind = "isotonic";

    internal IsotonicCalibratorTransformer(IsotonicCalibrator calibrator, string scoreColumnName)
        : base(calibrator, scoreColumnName, Kind)
    {
    }

    internal static IsotonicCalibratorTransformer Load(ModelLoadContext ctx)
    {
        var (score, calibrator) = Read(ctx, Kind);
        return new(calibrator, score);
    }
}

/// <inheritdoc cref="NaiveCalibratorEstimator"/>
public sealed class NaiveCalibratorTransformer : CalibratorTransformer<NaiveCalibrator>
{
    internal const string Kind = "naive";

    internal NaiveCalibratorTransformer(NaiveCalibrator calibrator, string scoreColumnName)
        : base(calibrator, scoreColumnName, Kind)
    {
    }

    internal static NaiveCalibratorTransformer Load(ModelLoadContext ctx)
    {
        var (score, calibrator) = Read(ctx, Kind);
        return new(calibrator, score);
    }
}
