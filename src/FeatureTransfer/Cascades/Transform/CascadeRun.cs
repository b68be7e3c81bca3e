using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Cascades;

/// <summary>A cascade with what is taken from it. Model files hold it as a text without quotes.</summary>
internal sealed class CascadeRun(Cascade cascade, string value, string separator)
{
    // The text is a constant of the model, so its instance stands for it.
    private static readonly ConditionalWeakTable<string, CascadeRun> _known = [];

    /// <summary>The port of the value that is taken.</summary>
    public CascadePort Port { get; } = cascade.Stages.SelectMany(stage => stage.Outputs).First(port => port.Name == value);

    /// <summary>The run as text.</summary>
    public string ToText() => $"{Encode(Encoding.UTF8.GetBytes(value))} {Encode(Encoding.UTF8.GetBytes(separator))} {Encode(CascadeFile.Write(cascade))}";

    /// <summary>The run of a text; for one instance of a text it is made once.</summary>
    public static CascadeRun Of(string text) => _known.GetValue(text, known =>
    {
        var parts = known.Split(' ');
        return new CascadeRun(CascadeFile.Read(Convert.FromBase64String(parts[2]), "the model"), Decode(parts[0]), Decode(parts[1]));
    });

    /// <summary>The texts of an image, joined.</summary>
    /// <exception cref="BadInputException">The image cannot be read.</exception>
    public string Texts(string path) => string.Join(separator, (IReadOnlyList<string>)Run(path));

    /// <summary>The mean over the rows of a tensor.</summary>
    /// <exception cref="BadInputException">The image cannot be read, or the tensor has no rows.</exception>
    public float[] Mean(string path)
    {
        var tensor = (CascadeTensor)Run(path);
        if (tensor.Shape[0] == 0)
            throw new BadInputException(path, $"the cascade found nothing in it: its value '{value}' has no rows");
        var mean = new float[tensor.Values.Length / tensor.Shape[0]];
        for (var row = 0; row < tensor.Shape[0]; row++)
            TensorPrimitives.Add(mean, tensor.Row(row), mean);
        TensorPrimitives.Divide(mean, tensor.Shape[0], mean);
        return mean;
    }

    private object Run(string path)
    {
        try
        {
            return cascade.Run(new Dictionary<string, object> { [cascade.Inputs[0].Name] = InputValue.FromFile(path).Read().ToArray() })[value];
        }
        catch (BadInputException exception)
        {
            throw new BadInputException(path, exception.Reason, exception);
        }
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes);

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
