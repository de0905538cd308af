variable "name" { type = string }
variable "delay" { type = number }

locals { dead = "${var.name}-dead" }

resource "aws_sqs_queue" "dead" { name = local.dead }
resource "aws_sqs_queue" "this" {
  name           = var.name
  delay_seconds  = var.delay
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}

output "arn" { value = aws_sqs_queue.this.arn }
output "name" { value = aws_sqs_queue.this.name }
