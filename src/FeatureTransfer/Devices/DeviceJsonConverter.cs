using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Devices;

/// <summary>Writes a device as its name.</summary>
internal sealed class DeviceJsonConverter : JsonConverter<Device>
{
    public override Device Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Device.TryParse(reader.GetString()!, out var device, out _)
            ? device
            : throw new JsonException($"Expected a device: {string.Join(", ", Device.Names)}.");

    public override void Write(Utf8JsonWriter writer, Device value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
