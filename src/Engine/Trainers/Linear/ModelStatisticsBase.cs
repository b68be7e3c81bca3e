namespace Microsoft.ML.Trainers;

/// <summary>How well a linear model fits the data that it was trained on.</summary>
public class ModelStatisticsBase : ICanSaveModel
{
    internal const string Kind = "model-statistics";

    /// <summary>How many rows there were.</summary>
    public readonly long TrainingExampleCount;

    /// <summary>Twice the negative logarithm of the labels' likelihood under the model.</summary>
    public readonly float Deviance;

    /// <summary>The same under the frequencies of the labels alone.</summary>
    public readonly float NullDeviance;

    /// <summary>How many parameters are not zero.</summary>
    public readonly int ParametersCount;

    internal ModelStatisticsBase(long trainingExampleCount, int parametersCount, float deviance, float nullDeviance)
    {
        TrainingExampleCount = trainingExampleCount;
        ParametersCount = parametersCount;
        Deviance = deviance;
        NullDeviance = nullDeviance;
    }

    internal static ModelStatisticsBase Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        return new(ctx.Reader.ReadInt64(), ctx.Reader.ReadInt32(), ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle());
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(TrainingExampleCount);
        ctx.Writer.Write(ParametersCount);
        ctx.Writer.Write(Deviance);
        ctx.Writer.Write(NullDeviance);
    }
}
