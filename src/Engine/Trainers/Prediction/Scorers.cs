using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A model that gives one score a row.</summary>
internal interface IScalarModel
{
    /// <summary>A function of one row with room of its own.</summary>
    RowMap<VBuffer<float>, float> OpenScorer();
}

/// <summary>A model that gives a vector of scores a row.</summary>
internal interface IVectorModel
{
    int ScoreCount { get; }

    /// <summary>A function of one row with room of its own.</summary>
    RowMap<VBuffer<float>, VBuffer<float>> OpenScorer();
}

/// <summary>A model of two classes whose scores stand for probabilities.</summary>
internal interface IProbabilisticModel
{
    ICalibrator Calibrator { get; }
}

/// <summary>A prediction that decides for the positive class where the score is above a threshold.</summary>
internal interface IThresholdPrediction
{
    float Threshold { get; }
}
