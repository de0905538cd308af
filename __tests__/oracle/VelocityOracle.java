import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.util.introspection.Info;

/** Renders templates in Velocity 1.7: one in each line of its input, one answer in each line of its output, in base64. */
public class VelocityOracle {
  public static void main(String[] args) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = input.readLine()) != null) {
      String template = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
      byte[] answer = render(engine, template).getBytes(StandardCharsets.UTF_8);
      System.out.println(Base64.getEncoder().encodeToString(answer));
    }
  }

  /** The text behind a `+`, or a `-` where Velocity throws. */
  private static String render(VelocityEngine engine, String template) {
    VelocityContext context = new VelocityContext();
    EventCartridge events = new EventCartridge();
    events.addEventHandler(new EmptyReferences());
    events.attachToContext(context);
    StringWriter output = new StringWriter();
    try {
      engine.evaluate(context, output, "template", template);
      return "+" + output;
    } catch (Exception | Error failure) {
      return "-" + failure;
    }
  }

  /** As on AWS, a reference without a value is the empty string. */
  private static class EmptyReferences implements InvalidReferenceEventHandler {
    public Object invalidGetMethod(Context context, String reference, Object object, String property, Info info) {
      return "";
    }

    public boolean invalidSetMethod(Context context, String left, String right, Info info) {
      return false;
    }

    public Object invalidMethod(Context context, String reference, Object object, String method, Info info) {
      return "";
    }
  }
}
