namespace Microsoft.ML.Trainers;

/// <summary>How bad an output is for a label.</summary>
public interface ILossFunction<in TOutput, in TLabel>
{
    double Loss(TOutput output, TLabel label);
}

/// <summary>A loss of one score.</summary>
public interface IScalarLoss : ILossFunction<float, float>
{
    /// <summary>The derivative with respect to the output.</summary>
    float Derivative(float output, float label);
}

/// <summary>A loss for numbers.</summary>
public interface IRegressionLoss : IScalarLoss
{
}

/// <summary>A loss for two classes.</summary>
public interface IClassificationLoss : IScalarLoss
{
}

/// <summary>A loss whose dual problem can be solved coordinate by coordinate.</summary>
public interface ISupportSdcaLoss : IScalarLoss
{
    /// <summary>What of an update depends on the features' norm alone.</summary>
    float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared);

    /// <summary>The change of the row's dual variable.</summary>
    float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads);

    /// <summary>The row's share of the dual objective.</summary>
    double DualLoss(float label, float dual);
}

/// <inheritdoc/>
public interface ISupportSdcaClassificationLoss : ISupportSdcaLoss, IClassificationLoss
{
}

/// <inheritdoc/>
public interface ISupportSdcaRegressionLoss : ISupportSdcaLoss, IRegressionLoss
{
}
